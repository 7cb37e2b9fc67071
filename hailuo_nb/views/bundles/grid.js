// grid/grid.js 45746dd597935c5957a97c0847279197738910d8e75f86dbac2f8a5130f09afb
var TOLD_MS=8e3;var SVG="http://www.w3.org/2000/svg";var PATHS={close:"M4 4l8 8M12 4l-8 8",more:"M4 6l4 4 4-4",image:"M2.5 3.5h11v9h-11zM4.5 10.5l2.5-3 2 2 1.5-\
1.5 2 2.5M10.5 6h.01",search:"M7 2.5a4.5 4.5 0 100 9 4.5 4.5 0 000-9zM10.3 10.3L14 14",play:"M5 3.5v9l7-4.5z",check:"M3 8.5l3.5 3.5L13 4.5",hide:"M2 8s2.2-4 6-4\
 6 4 6 4-2.2 4-6 4-6-4-6-4zM3 13L13 3",pencil:"M3 13l.7-2.8L11 2.9l2.1 2.1-7.3 7.3zM9.5 4.4l2.1 2.1",copy:"M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",next:"M3 8h9M8.5\
 4l4 4-4 4",down:"M8 2.5v8M4.5 7.5L8 11l3.5-3.5M3 13.5h10",reuse:"M13 8a5 5 0 11-1.5-3.6M13 2v3h-3"};function make(tag,className="",attributes={},...children){const element=document.
createElement(tag);if(className)element.className=className;for(const[name,value]of Object.entries(attributes)){if(value!=null&&value!==false)element.setAttribute(
name,value===true?"":`${value}`)}element.append(...children.filter(child=>child!==null));return element}function say(element,text){const words=text??"";if(element.
textContent!==words)element.textContent=words;element.hidden=words===""}var change=(element,name,value)=>{if(element.getAttribute(name)!==String(value))element.
setAttribute(name,String(value))};var foreign=text=>make("bdi","",{dir:"auto"},text);var dotted=phrases=>phrases.flatMap((phrase,index)=>index?[" · ",foreign(phrase)]:
[foreign(phrase)]);function svg(drawn,side_px){const[picture,path]=["svg","path"].map(name=>document.createElementNS(SVG,name));picture.setAttribute("viewBox",`\
0 0 ${side_px} ${side_px}`);path.setAttribute("d",drawn);picture.append(path);return picture}function icon(name){const drawn=svg(PATHS[name],16);for(const[key,value]of[
["width","16"],["height","16"],["aria-hidden","true"],["class","icon"]])drawn.setAttribute(key,value);return drawn}async function copyText(text){try{await navigator.clipboard.writeText(text);return true}catch{return false}}function paced(speak){let[timer,isDue]=[0,false];function hear(){
isDue=timer>0;if(isDue)return;speak();timer=setTimeout(()=>{timer=0;if(isDue)hear()},TOLD_MS)}return{hear,end:()=>clearTimeout(timer)}}function shared(name,made){
const page=window;page[name]??=made();return page[name]}var isChord=event=>event.ctrlKey||event.metaKey||event.altKey;var hears=(target,signal)=>(types,heard)=>{for(const type of types.split(" "))target.addEventListener(
type,heard,{signal})};function claim(event){event.preventDefault();event.stopPropagation()}function describe({dataset},{id,file,line},prompt){if(id)Object.assign(dataset,{task:id,file,line,prompt})}var COPIES={"Copy prompt":({prompt})=>prompt,"Copy as\
 cell":({line,prompt})=>`${line}
${prompt}`,"Last frame":({task})=>`--image clip:${task}`,"Show in history":({task})=>`%hailuo history ${task}`};var save=({src},file="clip.mp4")=>make("a","",{href:src,
download:file}).click();function enlarge(video){const{controls}=video;video.onfullscreenchange=()=>{video.controls=document.fullscreenElement===video||controls};
video.requestFullscreen?.().catch(()=>{})}function makeActions(clip,acts=COPIES){const said=make("output");const buttons=Object.entries(acts).map(([words,does])=>{
const button=make("button","",{},words);button.onclick=async()=>{const text=does(clip);if(text)said.value=await copyText(text)?"Copied.":text};return button});return make(
"details","hailuo-acts",{},make("summary","",{},"More"),...buttons,said)}function missingWords({src}){const id=/^[^:]+:\/.*\/([^/]+)\.mp4/.exec(src)?.[1];return`This clip cannot be played: ${id?`${id}.mp4 is missing or`:"it is"} dama\
ged.${id?` Put it back beside the notebook, or %hailuo resume ${id} fetches it again, free.`:""}`}var STEPS={ArrowLeft:-1,ArrowRight:1};function follow(place2,signal,last,show){let at=-1;const on=hears(place2,signal);const go=to=>{at=Math.min(to,last());show(
at)};const leave=()=>go(-1);on("pointermove pointerdown",({clientX})=>{const{left,width}=place2.getBoundingClientRect();go(Math.floor((last()+1)*(clientX-left)/
width))});on("pointerleave pointercancel blur",leave);on("keydown",event=>{const by=STEPS[event.key];if(!by||isChord(event)||event.shiftKey||last()<0)return;claim(
event);go(at<0&&by<0?last():Math.max(at+by,0))});return leave}function followPointer(video,figure,signal,begun){let poster="";let shown="";const on=hears(video,
signal);const strip=()=>[...figure.querySelectorAll(".hailuo-strip img")];const last=()=>begun||!figure.contains(video)?-1:strip().length-1;const leave=follow(video,
signal,last,to=>{const[frames,now]=[strip(),video.getAttribute("poster")??""];if(now!==shown)poster=now;shown=frames[to]?.src??"";if((shown||poster)!==now)video.
setAttribute("poster",shown||poster);frames.forEach((frame,index)=>void frame.toggleAttribute("data-now",index===to))});on("play seeking emptied",({type})=>{begun=
type!=="emptied";leave()});video.tabIndex=0;signal.addEventListener("abort",()=>{leave();video.removeAttribute("tabindex")})}var FPS=24;var SPEEDS=[.25,.5,1,1.5,2];var HALF_S=.5/FPS;var frameAt=time_s=>Math.floor(time_s*FPS+.01);var middleOf=frame=>(frame+.5)/FPS;var within=(value,least,most)=>Math.
min(Math.max(value,least),most);var canSeek=({seekable})=>seekable.length>0&&seekable.end(seekable.length-1)>0;function hasSound(video){const{audioTracks,mozHasAudio,
webkitAudioDecodedByteCount}=video;return Boolean(audioTracks?.length||mozHasAudio||webkitAudioDecodedByteCount)}var addresses=new WeakMap;async function holdCopy(video,signal){
addresses.set(video,video.getAttribute("src")??"");const reply=await fetch(video.src,{cache:"no-store"});const copy=await reply.blob();if(!signal.aborted)video.
src=URL.createObjectURL(copy)}var isHeld=video=>addresses.has(video);function letGo(video){const address=addresses.get(video);addresses.delete(video);if(address===
void 0||video.getAttribute("src")===address)return;URL.revokeObjectURL(video.src);video.setAttribute("src",address)}function keysOf({toggle,step,seek:seek2,time,
length,loop,accelerate,sound,full}){const[back,next,slower,faster]=[()=>step(-1),()=>step(1),()=>accelerate(-1),()=>accelerate(1)];return{" ":toggle,k:toggle,",":back,
ArrowLeft:back,".":next,ArrowRight:next,j:()=>seek2(time()-1),l:()=>seek2(time()+1),Home:()=>seek2(0),End:()=>seek2(length()),"-":slower,"[":slower,"+":faster,"\
]":faster,r:loop,m:sound,f:full}}var SHIFTED={ArrowLeft:"j",ArrowRight:"l"};function pressKey(event,deck,own={}){const target=event.target;const name=event.key.
length===1?event.key.toLowerCase():event.key;const isTaken=target.closest("select,textarea,[contenteditable]")||name===" "&&target.closest("button,summary,a,.pi\
ck")||name.startsWith("Arrow")&&target.matches("[role=region]")||target.matches("video[controls]")&&(name===" "||/^(Arrow|Home|End)/.test(name)&&target!==deck.video);
if(isTaken||isChord(event))return;const tenth=/^\d$/.test(name)&&(()=>deck.seek(deck.length()*+name/10));const does=tenth||own[name]||keysOf(deck)[event.shiftKey&&
SHIFTED[name]||name];if(!does)return;claim(event);does()}var CHECK_MS=250;var PAINT_MS=40;var NEAR_S=.3/FPS;var FAR_S=.25;var ROLL_MS=250;var CALM_MS=1e3;var SURE_MS=120;var secondsOf=({video,figure})=>Number.isFinite(
video.duration)?video.duration:Number(figure.dataset.seconds)||0;var isNearEnd=clip=>clip.video.currentTime>secondsOf(clip)-3*HALF_S;var isReady=clip=>clip.broken||
clip.wanted===null&&!clip.video.seeking&&clip.video.readyState>=(isNearEnd(clip)?2:3);function seek(clip,time=clip.wanted){const{video}=clip;clip.wanted=time;if(time!==
null)clearTimeout(clip.sure);if(time!==null&&video.readyState<3)video.preload="auto";if(time===null||video.seeking||video.readyState<1)return;if(!canSeek(video)&&
!clip.stuck)return void ownCopy(clip);clip.wanted=null;if(clip.stuck)return;const reached=within(time,0,secondsOf(clip)-HALF_S);if(Math.abs(video.currentTime-reached)>
.001)video.currentTime=reached}function roll(clip,frame){const{video}=clip;const canRoll=!clip.rolling&&video.paused&&video.muted&&isReady(clip)&&frame===frameAt(
video.currentTime)+1&&"requestVideoFrameCallback"in video;clip.rolling=canRoll&&{};clearTimeout(clip.sure);if(!canRoll)video.pause();if(!canRoll)return seek(clip,
middleOf(frame));const mine=clip.rolling;const stop=(shown=-1)=>{if(clip.rolling!==mine)return;clip.rolling=false;video.pause();if(shown!==frame||frameAt(video.
currentTime)!==frame)return seek(clip,middleOf(frame));clip.sure=setTimeout(()=>{if(video.paused&&!clip.stuck)video.currentTime=middleOf(frame)},SURE_MS)};const look=(_,{
mediaTime})=>{const shown=Math.round(mediaTime*FPS);if(shown<frame)video.requestVideoFrameCallback(look);else setTimeout(stop,Math.max(0,1e3*(frame/FPS-video.currentTime)+
5),shown)};setTimeout(stop,ROLL_MS);video.requestVideoFrameCallback(look);video.playbackRate=1;video.play().catch(()=>stop())}async function ownCopy(clip){const{
video}=clip;if(isHeld(video))return;try{await holdCopy(video,clip.end.signal)}catch{clip.stuck=true;video.dispatchEvent(new Event("canplay"))}}function lockstep(told){
const clock={clips:[],playing:false,loop:true,speed:1,dragging:false,gathering:false,length,time,seek:seekAll,advance,play,pause,step,accelerate,ended};let[at,checked,
met,painted,beating]=[0,0,0,0,0];const live=()=>clock.clips.filter(({broken,video})=>!broken&&!video.ended);function length(){return Math.max(0,...clock.clips.map(
clip=>clip.broken?0:secondsOf(clip)))}function time(){return clock.playing&&!clock.gathering?now():at}function now(){const running=live().filter(({video})=>!video.
paused&&video.readyState>2);const heard=running.find(({video})=>!video.muted);if(heard)return heard.video.currentTime;const times=(running.length?running:live()).
map(({video})=>video.currentTime);return times.length?times.sort((a,b)=>a-b)[times.length-1>>1]:length()}function seekAll(time_s){at=within(time_s,0,Math.max(0,
clock.length()-HALF_S));clock.gathering=clock.playing;for(const clip of clock.clips){clip.rolling=false;clip.video.pause()}for(const clip of clock.clips)seek(clip,
at);advance();told()}function advance(){if(!clock.gathering||clock.dragging||!clock.clips.every(isReady))return;clock.gathering=false;met=performance.now();for(const{
video,broken}of clock.clips){video.playbackRate=clock.speed;if(!broken)video.play().catch(({name})=>name==="NotAllowedError"&&pause())}}function play(){clock.playing=
true;seekAll(at>=length()-3*HALF_S?0:at);cancelAnimationFrame(beating);beating=requestAnimationFrame(beat)}function pause(){const time_s=time();clock.playing=false;
seekAll(middleOf(frameAt(time_s)))}function step(frames){const frame=frameAt(time())+frames;if(clock.playing||frames!==1||middleOf(frame)>length()){clock.playing=
false;return seekAll(middleOf(frame))}at=middleOf(frame);for(const clip of clock.clips)if(!clip.broken)roll(clip,frame);told()}function accelerate(speed){clock.
speed=speed;for(const{video}of clock.clips)video.playbackRate=speed;told()}function ended(){if(!clock.playing||clock.gathering||live().length)return;if(clock.loop)
return seekAll(0);at=length();clock.playing=false;told()}function beat(time_ms){if(!clock.playing)return;beating=requestAnimationFrame(beat);if(time_ms-checked>
CHECK_MS&&!clock.gathering){checked=time_ms;check(time_ms)}if(time_ms-painted<PAINT_MS)return;painted=time_ms;told()}function check(time_ms){const time_s=now();
const isDue=clip=>!clip.broken&&!clip.stuck&&time_s<secondsOf(clip)-3*HALF_S;const isLost=({video})=>video.paused||video.readyState<3||Math.abs(video.currentTime-
time_s)>FAR_S;if(time_ms-met>CALM_MS&&clock.clips.some(clip=>isDue(clip)&&isLost(clip)))return seekAll(time_s);for(const{video}of live()){const ahead_s=video.currentTime-
time_s;if(Math.abs(ahead_s)>NEAR_S)video.playbackRate=clock.speed*(1-within(1.5*ahead_s,-.1,.1));else if(Math.abs(ahead_s)<NEAR_S/3)video.playbackRate=clock.speed}}
return clock}var fitter=root=>()=>{const set=(name,to)=>root.style.setProperty(name,`${to}`);const widen=percent=>set("--fit",percent);const fits=()=>root.scrollHeight<=root.
clientHeight;let[least,most]=[30,100];set("--across",Math.ceil(Math.sqrt(root.querySelectorAll("figure").length)));widen(least);if(!fits())return widen(most);while(most-
least>.2){widen((least+most)/2);if(fits())least=(least+most)/2;else most=(least+most)/2}widen(least)};var areSame=(one,other)=>one.length===other.length&&one.every((item,index)=>item===other[index]);function makeStage(on){const tags=[0,1].map(()=>make("span","ta\
g",{dir:"auto"}));const divider=make("div","divider",{role:"slider",tabindex:0,"aria-valuemin":0,"aria-valuemax":100});const both=make("div","pair");const box=make(
"div","stage",{hidden:""},both,...tags,divider);let shown=[];let percent=50;function wipe(to){percent=within(Math.round(to),0,100);box.style.setProperty("--wipe",
`${percent}%`);divider.setAttribute("aria-valuenow",String(percent));divider.setAttribute("aria-valuetext",`${percent}% ${tags[0].textContent}`)}function follow2({
clientX,pointerId,type,button}){if(type==="pointerdown"&&!button&&!divider.hidden)box.setPointerCapture(pointerId);if(!box.hasPointerCapture(pointerId))return;const{
left,width}=box.getBoundingClientRect();wipe(100*(clientX-left)/width)}for(const type of["pointerdown","pointermove"])on(box,type,follow2);on(divider,"keydown",
event=>{const by={ArrowLeft:-1,ArrowDown:-1,ArrowRight:1,ArrowUp:1,PageDown:-10,PageUp:10,Home:-100,End:100}[event.key];if(!by||isChord(event))return;claim(event);
wipe(percent+by*(event.shiftKey?10:1))});function show(pair,isWipe){if(areSame(pair,shown)&&divider.hidden!==isWipe)return;for(const clip of shown)clip.home?.replaceWith(
clip.video);box.hidden=!pair.length;divider.hidden=!isWipe;shown=pair;for(const[index,clip]of pair.entries()){const{width,height}=clip.video;if(!index)box.style.
setProperty("--ratio",String((width||16)/(height||9)));clip.home=make("div","home",{style:`aspect-ratio:${width||16}/${height||9}`});clip.video.replaceWith(clip.
home);both.append(clip.video);tags[index].textContent=`${"AB"[index]} ${clip.label}`}divider.setAttribute("aria-label",`Divider between ${pair.map(({label})=>label).
join(" and ")}`);wipe(percent)}return{box,divider,show}}var OFF=-1;function solo(select,clips){let offered=[];let chosen2;const place2=()=>offered.indexOf(chosen2);function hear(heard){for(const clip of clips.values())
if(clip!==heard)clip.video.muted=true;if(heard)heard.video.muted=false;select.value=String(place2())}function choose(at){chosen2=offered[at];hear(chosen2)}function offer2(seen){
for(const clip of seen)clip.sounds||=hasSound(clip.video);const found=seen.filter(({sounds,broken})=>sounds&&!broken);if(areSame(found,offered))return;offered=found;
const labels=offered.map(({label},value)=>make("option","",{value},`♪ ${label}`));select.replaceChildren(make("option","",{value:OFF},"Sound off"),...labels);
select.hidden=!offered.length;hear(offered[place2()])}select.hidden=true;return{offer:offer2,next:()=>choose(Number(select.value)+1),pick:()=>choose(Number(select.
value)),changed(clip){if(clip.video.muted||clip===offered[place2()])return;chosen2=clip;hear(clip)}}}var ACCENT="--accent:var(--jp-brand-color1,var(--vscode-focusBorder,#1976d2));";var GROUND="--ground:var(--jp-layout-color1,var(--vscode-editor-background,Canva\
s));--text:var(--jp-content-font-color1,var(--vscode-foreground));";var CSS=`.hailuo-compare{${ACCENT}${GROUND}
[hidden]{display:none!important}
:focus-visible,&:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.hailuo-clip video{cursor:pointer;touch-action:pan-y}
.hailuo-bar{position:sticky;top:0;z-index:3;background:var(--ground)}
.tools{display:flex;flex-wrap:wrap;gap:5px;align-items:center;font-size:12px}
:is(.tools,.help,.hailuo-acts) :is(button,select){box-sizing:border-box;font:inherit;color:inherit;height:28px;min-width:28px;
padding:0 7px;border:1px solid #80808080;border-radius:4px;background:#80808014;cursor:pointer}
.tools button:hover{background:#80808033}
.tools button[aria-pressed=true]{box-shadow:inset 0 -2px var(--accent)}
.tools select{padding:0 2px;max-width:160px}
.tools option{color:CanvasText;background:Canvas}
.tools svg{display:block;width:14px;height:14px;fill:currentColor}
.tools output{min-width:13ch;font-variant-numeric:tabular-nums}
.tools input{flex:1 1 150px;min-width:100px;margin:0 4px}
input{accent-color:var(--accent)}
.hailuo-acts{font-size:12px}
.hailuo-acts button{margin:4px 4px 0 0}
.pick{margin:0 6px 0 0;vertical-align:-2px}
&[data-view] .hailuo-clips{display:none!important}
:is(.hailuo-frames:not([open]),.hailuo-frames>summary){display:none}
.hailuo-strip [data-now]{outline:2px solid var(--accent);outline-offset:-2px}
.home{border-radius:6px;background:#80808026}
.stage{position:relative;overflow:hidden;aspect-ratio:var(--ratio);max-width:calc(75vh*var(--ratio));
margin:0 0 12px;border-radius:6px;background:#000;touch-action:pan-y;user-select:none}
.pair{position:absolute;inset:0;isolation:isolate}
.stage video{position:absolute;inset:0;width:100%!important;height:100%!important;background:#000!important}
&[data-view=wipe] .stage{cursor:ew-resize}
&[data-view=wipe] video+video{clip-path:inset(0 0 0 var(--wipe))}
&[data-view=difference] video+video{mix-blend-mode:difference}
&[data-view=difference] .pair{filter:brightness(4)}
.tag{position:absolute;z-index:1;top:8px;left:8px;max-width:42%;padding:1px 7px;border-radius:4px;color:#fff;
background:#000000b3;font-size:12px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;pointer-events:none}
.tag+.tag{left:auto;right:8px}
.divider{position:absolute;z-index:2;inset:0 auto 0 var(--wipe);width:28px;margin-left:-14px;filter:drop-shadow(0 0 1px #000)}
.divider:focus-visible{outline:none}
.divider:focus-visible::after{outline:3px solid var(--accent)}
.divider::before{content:"";position:absolute;inset:0 13px;border-left:2px solid #fff}
.divider::after{content:"";position:absolute;top:calc(50% - 11px);left:3px;width:18px;height:18px;border:2px solid #fff;
border-radius:50%;background:#0006}
.help{max-width:min(440px,90vw);padding:16px;border:1px solid #80808080;border-radius:8px;color:var(--text,CanvasText);background:var(--ground)}
.keys{display:grid;grid-template-columns:auto 1fr;gap:5px 16px;margin:12px 0}
.keys>div{display:contents}
kbd{font:inherit;font-size:12px;margin:0 4px 0 0;padding:0 5px;border:1px solid #80808080;border-radius:4px;white-space:nowrap}
&:fullscreen{display:flex;flex-direction:column;overflow:auto;margin:0!important;border:0!important;border-radius:0!important;color:var(--text,CanvasText);backg\
round:var(--ground);
&:not(.hailuo-grid) .hailuo-clips{flex:1;min-height:0;max-width:none!important;grid-auto-rows:minmax(0,1fr)}
&:not(.hailuo-grid) figure{display:flex;flex-direction:column;min-height:0}
&:not(.hailuo-grid) figure video{flex:1;min-height:0;aspect-ratio:auto!important}
.stage{width:100%;max-width:calc((100vh - 90px)*var(--ratio));margin:auto}
.hailuo-notes,&.hailuo-grid>:is(p,details,ul),.hailuo-heading{display:none}
&.hailuo-grid :is(table,.wrapped){margin:0 auto!important;max-width:calc(var(--fit)*1%)!important}
.wrapped{grid-template-columns:repeat(var(--across),minmax(0,1fr))!important}}
@media (forced-colors:active){.tools button[aria-pressed=true]{color:HighlightText;background:Highlight;forced-color-adjust:none}}
@media print{.tools,.hailuo-acts{display:none}}}`;var PLAY="M3 1.5v11l9.5-5.5z";var PAUSE="M3 2h3v10H3zM8 2h3v10H8z";var BACK="M9 2v10L4 7z";var NEXT="M5 2v10l5-5z";var FULL="M2 2h5L2 7zM12 12H7l5-5z";var BUTTONS={
play:["Play","Space",PLAY],start:["To the start","Home","M2 2h2v10H2zM12 2v10L5 7z"],back:["Previous frame",",",BACK],next:["Next frame",".",NEXT],end:["To the \
end","End","M10 2h2v10h-2zM2 2v10l7-5z"],loop:["Loop","R"],wipe:["Wipe","W"],difference:["Difference","D; four times as bright as it is"],frames:["Frames","S; e\
ach clip from start to end"],full:["Full screen","F",FULL],help:["Keys","?",""]};var KEYS={"Space K":"play or pause","← → , .":"one frame","Shift+← Shift+→ \
J L":"one second","Home End 0…9":"to the start, the end, a tenth between","− + [ ]":"slower, faster",R:"loop",M:"sound of the next clip, and off",W:"wipe be\
tween two clips; then ← → move the divider",D:"difference of two clips, made bright",S:"frames of each clip, from start to end",X:"swap A and B",F:"full scr\
een",Esc:"back to side by side"};var glyph=drawn=>svg(drawn,14);function makeSpeed(){const rates=SPEEDS.map(rate=>make("option","",{value:rate},`${rate}×`));return make(
"select","",{"aria-label":"Speed"},...rates)}function makeTools(){const tools={};for(const[name,[label,key,drawn]]of Object.entries(BUTTONS)){tools[name]=make("\
button","",{type:"button",title:`${label} (${key})`},drawn?glyph(drawn):drawn===""?key:label);if(drawn!==void 0)tools[name].ariaLabel=label}const[a,b]=["A","B"].
map(letter=>make("select","",{"aria-label":`Clip ${letter}`}));const{play,start,back,next,end,loop,wipe,difference,frames,full,help}=tools;return{play,start,back,
next,end,slider:make("input","",{type:"range",min:0,step:"any","aria-label":"Time of all clips"}),time:make("output","",{"aria-live":"off"}),sound:make("select",
"",{"aria-label":"Sound",title:"Which clip is heard (M)"}),loop,speed:Object.assign(makeSpeed(),{title:"Speed (− and +)"}),wipe,difference,a,b,frames,full,help}}
var COPIED_MS=4e3;function makeJudge(line,on){const said=make("span","",{role:"status"});const button=make("button","",{type:"button",title:`Vote blind: copies ${line}`},
"Judge");on(button,"click",async()=>{said.textContent=await copyText(line)?"Copied: paste it into a cell.":line;setTimeout(()=>{said.textContent=""},COPIED_MS)});
return[button,said]}function makeHelp(on,keys){const rows=Object.entries(keys).map(([names,does])=>make("div","",{role:"listitem"},make("span","",{},...names.split(
" ").map(one=>make("kbd","",{},one))),make("span","",{},does)));const close=make("button","",{type:"button"},"Close");const dialog=make("dialog","help",{"aria-l\
abel":"Keys"},make("strong","",{},"Keys"),make("div","keys",{role:"list"},...rows),close);on(close,"click",()=>dialog.close());on(dialog,"keydown",event=>{event.
stopPropagation();if(event.key==="?")dialog.close()});return dialog}var CLIPS_MAX=9;var PICKED_AT_FIRST=4;var KEPT_MS=5e3;var kept=shared(Symbol.for("hailuo.kept"),()=>new Map);function enhance(root,{more={},keys=KEYS}={}){root.
dataset.compare="on";const end=new AbortController;const on=(target,type,heard,{signal}=end)=>target.addEventListener(type,heard,{signal});const[tools,stage,help,
clock]=[makeTools(),makeStage(on),makeHelp(on,keys),lockstep(paint)];const fit=fitter(root);const group=make("div","tools",{role:"group","aria-label":"All clips\
 together"},...Object.values(tools));if(root.dataset.judge)group.append(...makeJudge(root.dataset.judge,on));const clips=new Map;const sound=solo(tools.sound,clips);
const choices=new Map;let view="side";let isOpen=false;let pair=[];const parts=()=>[...clips.values()].filter(({picked})=>picked);function take(figure,video){const label=figure.
dataset.label??"";const clip={figure,video,label,wanted:null,broken:false,end:new AbortController,tick:make("input","pick",{type:"checkbox","aria-label":`Compar\
e ${label}`,title:"Compare"}),note:make("p","",{role:"alert",style:"margin:0;font-size:12px"}),acts:makeActions(figure.dataset,{Download:({file})=>save(video,file),
...COPIES,"Full size":()=>enlarge(video)})};if(figure.dataset.task)figure.append(clip.acts);const hear=(type,heard)=>on(video,type,heard,clip.end);hear("loadedm\
etadata",()=>{if(!canSeek(video))ownCopy(clip);broke(clip,false);paint()});for(const type of["loadedmetadata","canplay","seeked"])hear(type,()=>{seek(clip);clock.
advance()});for(const type of["loadeddata","timeupdate"])hear(type,paint);hear("volumechange",()=>sound.changed(clip));hear("ended",clock.ended);hear("error",()=>broke(
clip,true));on(clip.tick,"change",()=>{choices.set(clip.label,clip.tick.checked);choose()},clip.end);followPointer(video,figure,clip.end.signal,video.currentTime>
0||!video.paused);if(video.error)broke(clip,true);return clip}function broke(clip,isBroken){clip.broken=isBroken;clip.note.textContent=isBroken?missingWords(clip.
video):"";if(isBroken)clip.figure.append(clip.note);clock.advance();clock.ended();paint()}function join(clip,picked){if(clip.picked===picked)return;clip.picked=
picked;if(!clip.video.paused)clip.video.pause();Object.assign(clip.video,{controls:false,loop:!picked,muted:true,playbackRate:picked?clock.speed:1})}function drop(clip){
clip.end.abort();join(clip,false);clip.video.controls=true;clip.tick.remove();clip.note.remove();clip.acts.remove();letGo(clip.video)}const strips=()=>root.querySelectorAll(
".hailuo-frames");function unfold(to=isOpen){isOpen=to;for(const strip of strips())strip.open=to;tools.frames.ariaPressed=String(to);tools.frames.hidden=!root.querySelector(
".hailuo-strip img");if(root===document.fullscreenElement)fit()}function scan(){unfold();const figures=root.querySelectorAll("figure.hailuo-clip");const seen=new Map;
for(const figure of figures){const known=clips.get(figure);const isAway=known!==void 0&&view!=="side"&&pair.includes(known);const video=isAway?known.video:figure.
querySelector("video[src]");if(video)seen.set(figure,known?.video===video?known:take(figure,video))}const gone=[...clips].filter(([figure,clip])=>seen.get(figure)!==
clip).map(([,clip])=>clip);if(!gone.length&&seen.size===clips.size)return;if(gone.some(clip=>pair.includes(clip)))look("side");gone.forEach(drop);clips.clear();
for(const[figure,clip]of seen)clips.set(figure,clip);choose()}function choose(){const cells=root.querySelectorAll("figure.hailuo-clip").length;const isPicky=root.
matches(".hailuo-grid")||cells>CLIPS_MAX;let free=(cells>CLIPS_MAX?PICKED_AT_FIRST:CLIPS_MAX)-parts().length;for(const clip of clips.values())join(clip,choices.
get(clip.label)??clip.picked??free-- >0);const isFull=parts().length>=CLIPS_MAX;for(const clip of clips.values()){Object.assign(clip.tick,{checked:clip.picked,disabled:isFull&&
!clip.picked});const place2=clip.figure.querySelector("figcaption > p")??clip.figure.querySelector("figcaption")??clip.figure;if(!isPicky)clip.tick.remove();else if(!clip.
tick.isConnected)place2.prepend(clip.tick)}for(const[index,select]of[tools.a,tools.b].entries()){select.replaceChildren(...parts().map(({label},value)=>make("op\
tion","",{value},`${"AB"[index]} ${label}`)));select.value=String(within(parts().indexOf(pair[index]),index,parts().length-1))}look(parts().length>1?view:"side")}
function look(at){const[time,hadFocus]=[clock.time(),stage.divider.matches(":focus")];pair=[tools.a,tools.b].map(({value})=>parts()[Number(value)]);if(pair[0]===
pair[1])pair[1]=parts().find(clip=>clip!==pair[0]);[tools.a.value,tools.b.value]=pair.map(clip=>String(parts().indexOf(clip)));view=at;if(view==="side")delete root.
dataset.view;else root.dataset.view=view;stage.show(view==="side"?[]:pair,view==="wipe");const seen=view==="side"?parts():pair;const isSame=areSame(seen,clock.clips);
for(const clip of clock.clips)if(!seen.includes(clip))clip.video.pause();clock.clips=seen;if(!isSame&&(clock.playing||time>0))clock.seek(time);if(hadFocus&&view!==
"wipe")root.focus();paint()}function paint(){const[length_s,time_s,isSide]=[clock.length(),clock.time(),view==="side"];const words=`${time_s.toFixed(2)} / ${length_s.
toFixed(2)} s`;const does=clock.playing?"Pause":"Play";if(tools.time.textContent!==words)tools.time.textContent=words;if(!clock.dragging)Object.assign(tools.slider,
{max:length_s||1,value:time_s});if(!clock.playing)tools.slider.ariaValueText=`${words}, frame ${frameAt(time_s)}`;if(tools.play.ariaLabel!==does){Object.assign(
tools.play,{ariaLabel:does,title:`${does} (Space)`});tools.play.replaceChildren(glyph(clock.playing?PAUSE:PLAY))}root.toggleAttribute("data-playing",clock.playing&&
length_s>0);tools.loop.ariaPressed=String(clock.loop);for(const other of["wipe","difference"])tools[other].ariaPressed=String(view===other);tools.a.hidden=tools.
b.hidden=isSide;tools.wipe.hidden=tools.difference.hidden=parts().length<2;group.hidden=clips.size===0;sound.offer(clock.clips)}const toggle=other=>{if(parts().
length>1)look(view===other?"side":other)};const deck={toggle:()=>clock.playing?clock.pause():clock.play(),step:clock.step,seek:clock.seek,time:clock.time,length:clock.
length,loop:()=>{clock.loop=!clock.loop;paint()},accelerate(by){tools.speed.selectedIndex=within(tools.speed.selectedIndex+by,0,SPEEDS.length-1);clock.accelerate(
Number(tools.speed.value))},sound:sound.next,full:()=>void(document.fullscreenElement?document.exitFullscreen():root.requestFullscreen?.())?.catch(()=>{})};const swap=()=>{
[tools.a.value,tools.b.value]=[tools.b.value,tools.a.value];look(view)};const act={play:deck.toggle,start:()=>clock.seek(0),back:()=>clock.step(-1),next:()=>clock.
step(1),end:()=>clock.seek(clock.length()),loop:deck.loop,wipe:()=>toggle("wipe"),difference:()=>toggle("difference"),frames:()=>unfold(!isOpen),full:deck.full,
help:()=>help.showModal()};const own={d:act.difference,s:act.frames,x:swap,"?":act.help,w:()=>{act.wipe();if(view==="wipe")stage.divider.focus()},...more};function key(event){
if(clock.clips.length)pressKey(event,deck,view==="side"?own:{...own,Escape:()=>look("side")})}const bar=root.querySelector(".hailuo-bar")??make("div","hailuo-ba\
r",{style:"margin:8px 0"});const added=[stage.box,make("style","",{},CSS),group,help];if(!bar.isConnected){root.prepend(bar);added.push(bar)}bar.after(stage.box);
bar.append(...added.slice(1,4));Object.assign(root,{tabIndex:0,role:"group",ariaLabel:root.ariaLabel??"Clips that play together"});root.dataset.lmSuppressShortcuts=
"true";tools.speed.value="1";tools.full.hidden=!document.fullscreenEnabled;for(const[name,does]of Object.entries(act))on(tools[name],"click",does);on(tools.sound,
"change",sound.pick);on(tools.speed,"change",()=>deck.accelerate(0));for(const select of[tools.a,tools.b])on(select,"change",()=>look(view));on(tools.slider,"po\
interdown",({button})=>{clock.dragging=button===0});for(const type of["pointerup","pointercancel"])on(tools.slider,type,()=>{clock.dragging=false;clock.advance()});
on(tools.slider,"input",()=>clock.seek(Number(tools.slider.value)));on(root,"keydown",key);on(root,"fullscreenchange",fit);on(window,"resize",fit);on(root,"clic\
k",({target})=>{const clip=[...clips.values()].find(({video})=>video===target);if(!clip||target.controls||clip.picked&&view!=="side")return;if(clip.picked)return act.
play();target.controls=true;target.play().catch(()=>{})});on(bar,"pointerenter",()=>{for(const{video}of clock.clips)video.preload="auto"});function goOn(then){for(const[
label,picked]of then.choices)choices.set(label,picked);choose();tools.speed.value=then.speed;clock.loop=then.loop;deck.accelerate(0);look(parts().length>1?then.
view:"side");unfold(then.isOpen);clock.seek(then.time_s);if(then.playing)clock.play()}scan();const played=kept.get(root.dataset.grid??"");kept.delete(root.dataset.
grid??"");if(played&&performance.now()-played.at_ms<KEPT_MS)goOn(played);const begun=clock.clips.find(({video})=>video.currentTime>0);if(begun)clock.seek(begun.
video.currentTime);const observer=new MutationObserver(scan);observer.observe(root,{childList:true,subtree:true});function leave(){if(root.dataset.grid)kept.set(
root.dataset.grid,{at_ms:performance.now(),time_s:clock.time(),playing:clock.playing,loop:clock.loop,speed:tools.speed.value,view,isOpen,choices});observer.disconnect();
end.abort();clock.playing=false;delete root.dataset.playing;delete root.dataset.view;stage.show([],false);for(const clip of clips.values())drop(clip);for(const element of added)
element.remove()}function restart(plays){scan();clock.seek(0);if(plays)clock.play()}return Object.assign(leave,{restart})}var CLASS="hailuo-measures";var SHADE_PERCENT=44;var ORDERS=["as asked","highest first","lowest first"];var CSS2=`.hailuo-compare{
.measuring{display:flex;flex-wrap:wrap;gap:4px 14px;margin:0 0 6px;font-size:12px}
.measuring select{font:inherit;color:inherit;height:26px;margin:0 0 0 4px;padding:0 2px;border:1px solid #80808080;
border-radius:4px;background:#80808014}
.measuring option{color:CanvasText;background:Canvas}
.measured{margin:4px 0 0;padding:1px 6px;border-radius:4px;font-size:12px;line-height:1.45;overflow-wrap:anywhere;
background:color-mix(in srgb,#3b82f6 var(--shade),#80808014)}
&.hailuo-grid[data-sorted]{
.arranging{display:none}
.hailuo-clips{display:grid;gap:16px 12px;margin:0 0 16px;max-width:1240px;grid-template-columns:repeat(auto-fill,minmax(min(100%,200px),1fr))}
.hailuo-clips :is(section,div:has(figure):not(figure div):not(td div,.wrapped div),table,tbody,tr){display:contents!important}
.hailuo-clips :is(.hailuo-heading,.hailuo-tabs,thead,th,td:not(:has(figure)),p.absent){display:none!important}
.hailuo-clips td{display:block;padding:0!important}}
@media print{.measuring{display:none}}}`;var chosen=shared(Symbol.for("hailuo.orders"),()=>new Map);function read(table2){const rows=[...table2.tBodies[0].rows];
const heads=[...table2.tHead?.rows[0].cells??[]].slice(1);return heads.map((head2,at)=>({key:head2.dataset.key??"",title:head2.textContent??"",values:new Map(rows.
map(row=>{const{textContent,dataset}=row.cells[at+1];const number=dataset.number===void 0?null:Number(dataset.number);return[row.dataset.label??"",{text:textContent??
"",number}]}))}))}function labelled(label,select){select.ariaLabel=label;return make("label","",{},label,select)}function sorted({values},isFalling){const sign=isFalling?
-1:1;const rank=label=>values.get(label)?.number??null;return[...values.keys()].sort((one,other)=>{const[a,b]=[rank(one),rank(other)];return a===null||b===null?
Number(a===null)-Number(b===null):sign*(a-b)})}function chip({title,values},label){const value=values.get(label);if(!value)return null;const numbers=[...values.
values()].flatMap(({number})=>number??[]);const[low,high]=[Math.min(...numbers),Math.max(...numbers)];const share=value.number===null||high<=low?0:(value.number-
low)/(high-low);const made=make("p",`${CLASS} measured`,{},foreign(`${title} ${value.text}`));made.style.setProperty("--shade",`${Math.round(SHADE_PERCENT*share)}\
%`);return made}function measured(root){const style=make("style","",{},CSS2);const[shown,order]=[make("select"),make("select")];const tools=make("div","measurin\
g",{},labelled("On the clips",shown),labelled("Order",order));let asked=[];let kept2=chosen.get(root.dataset.grid??"");const figures=()=>[...root.querySelectorAll(
"figure.hailuo-clip")].map(figure=>({figure,label:figure.dataset.label??"",place:figure.closest("td, .wrapped > *, .hailuo-clips > *")}));const table2=()=>root.
querySelector(`details.${CLASS} table`);function apply(){const found=table2();const column=found&&read(found).find(({key})=>key===shown.value);order.disabled=!column;
const isSorted=Boolean(column)&&order.selectedIndex>0;const labels=column&&isSorted?sorted(column,order.selectedIndex===1):asked;for(const old of root.querySelectorAll(
".measured"))old.remove();for(const{figure,label,place:place2}of figures()){const made=column?chip(column,label):null;if(made)figure.querySelector("figcaption")?.
append(made);place2.style.order=isSorted?String(labels.indexOf(label)):""}root.toggleAttribute("data-sorted",isSorted);const rows=new Map([...found?.tBodies[0].
rows??[]].map(row=>[row.dataset.label??"",row]));for(const label of labels)found?.tBodies[0].append(rows.get(label))}function renew(){const found=table2();tools.
hidden=!found;if(!found)return;asked=[...found.tBodies[0].rows].map(row=>row.dataset.label??"");const before=shown.value||kept2?.[0];shown.replaceChildren(make(
"option","",{value:""},"no measure"),...read(found).map(({key,title})=>make("option","",{value:key,selected:key===before},title)));if(!tools.isConnected)found.closest(
"details")?.querySelector("summary")?.after(style,tools);apply()}order.append(...ORDERS.map(words=>make("option","",{},words)));order.selectedIndex=kept2?.[1]??
0;for(const select of[shown,order]){select.addEventListener("change",()=>{kept2=[shown.value,order.selectedIndex];if(root.dataset.grid)chosen.set(root.dataset.grid,
kept2);apply()});select.addEventListener("keydown",event=>event.stopPropagation())}renew();root.addEventListener("arranged",apply);const leave=()=>{root.removeEventListener(
"arranged",apply);shown.value="";apply();style.remove();tools.remove()};return Object.assign(leave,{renew})}function liveTable(columns,cells){const box=make("de\
tails",CLASS,{hidden:true,open:cells.length<10},make("summary","",{},"Measures"));let drawn="";function draw(){const states=cells.flatMap(({state})=>state??[]);
const key=JSON.stringify(states.map(({label,measures})=>[label,measures]));const kept2=columns.filter(([name])=>states.some(({measures})=>measures?.[name]));if(key===
drawn||states.length<cells.length)return false;drawn=key;box.hidden=kept2.length===0;box.querySelector(".scroll")?.remove();if(kept2.length)box.append(tableOf(kept2,
states));return true}return{box,draw}}function tableOf(columns,states){const heads=columns.map(([key,title,definition])=>make("th","",{scope:"col","data-key":key,
title:definition},foreign(title)));const rows=states.map(({label,measures})=>make("tr","",{"data-label":label},make("th","",{scope:"row"},foreign(label)),...columns.
map(([key])=>{const[text,number]=measures?.[key]??["–",null];return make("td","",{"data-number":number},foreign(text))})));const table2=make("table","",{},make(
"thead","",{},make("tr","",{},make("th","",{scope:"col"},"clip"),...heads)),make("tbody","",{},...rows));return make("div","scroll",{tabindex:"0",role:"region",
"aria-label":"Measures of the clips"},table2)}var STOPPING="Stopping…";var DELAY="A cell that is running may delay this.";var STEPS2=4;var badge=()=>make("strong","badge",{title:"Made by the built-in simu\
lator, free of charge"},"SIMULATED");var makeRail=()=>make("div","rail",{"aria-hidden":"true"},...Array.from({length:STEPS2},()=>make("span")));function drawRail(rail,phase){
[...rail.children].forEach((step,index)=>{step.className=phase===null?"":index<phase?"past":index===phase?"now":""})}function clockWords(elapsed_s){const[hours,
minutes,seconds]=[elapsed_s/3600,elapsed_s/60%60,elapsed_s%60].map(Math.floor);const two=number=>String(number).padStart(2,"0");return hours?`${hours}:${two(minutes)}\
:${two(seconds)}`:`${minutes}:${two(seconds)}`}function makeClock(attributes={}){const time=document.createTextNode("");return{time,clock:make("span","clock",{hidden:true,
...attributes},time)}}function tick({clock,time},from_ms,late_after_s,to_ms=Date.now()){const isTicking=from_ms!==null;const elapsed_s=isTicking?Math.max(0,(to_ms-
from_ms)/1e3):0;const words=clockWords(elapsed_s);if(clock.hidden===isTicking)clock.hidden=!isTicking;if(isTicking&&time.data!==words)time.data=words;return isTicking&&
late_after_s!==null&&elapsed_s>late_after_s}var LATE="longer this time";function drawStrip(strip,frames,{label,seconds}){if(!frames.length&&strip.hidden)return;strip.hidden=!frames.length;const images=frames.map((src,at)=>{const second=Number(
(at*seconds/Math.max(1,frames.length-1)).toPrecision(3));return make("img","",{src,alt:`Clip ${label} at ${second} s`})});const folded2=()=>[make("summary","",{},
"Frames"),make("div","hailuo-strip",{},...images)];strip.replaceChildren(...strip.matches("details")?folded2():images)}function drawPicture(frame,picture,alt,before=null){
const image=frame.querySelector("img");if(!picture)return image?.remove();if(image)return change(image,"src",picture);const made=make("img","",{src:picture,alt});
if(before)frame.insertBefore(made,before);else frame.replaceChildren(made)}function mayPreview(element,isQuiet,seen={top:0,bottom:innerHeight}){if(!isQuiet||document.
hidden||matchMedia("(prefers-reduced-motion: reduce)").matches)return false;const{top,bottom,height}=element.getBoundingClientRect();return height>0&&bottom>Math.
max(0,seen.top)&&top<Math.min(innerHeight,seen.bottom)}var isStopping=({asked},{state})=>asked?.kind==="stop"&&asked.state===state;function offer(one,{label,stop_hint,
retry:price}){const{stop,retry}=one.parts;one.asked=null;for(const button of[stop,retry])button.ariaDisabled="false";stop.hidden=!stop_hint;change(stop,"aria-la\
bel",`Stop watching ${label}`);say(retry,price?`Try again (${price})`:"");change(retry,"aria-label",`${retry.textContent}: ${label}`)}function rest(one,kind,{state,
label}){const{parts}=one;one.asked={kind,state};parts[kind].ariaDisabled="true";if(kind==="stop")say(parts.headline,STOPPING);else Object.assign(parts.retry,{textContent:"\
Trying again…",ariaLabel:`Trying again…: ${label}`});say(parts.hint,DELAY)}var AWAY="kernel:";var SILENT_S=5;var GONE="The kernel was restarted or has ended. Run this cell again to see it, free.";var SILENT="The kernel does not answer.\
 If it has ended, run this cell again to see it, free.";function locator({widget_manager:notebook}){const known=new Map;return(src,then)=>{if(!src||!notebook?.resolveUrl||
/^(data|blob|https?):/.test(src))return src;if(!known.has(src)){known.set(src,null);notebook.resolveUrl(src).catch(()=>src).then(address=>{known.set(src,address);
then()})}return known.get(src)??null}}function listener(model,signal){return(event,does)=>{model.on(event,does);signal.addEventListener("abort",()=>model.off(event,
does))}}function watchKernel(on,tell2){let[said,silent,lookedMs]=["",-1,0];const turn=words=>{if(Boolean(words)===Boolean(said))return;said=words;tell2(words)};
function look(){turn(this?.model?.comm_live===true?"":GONE)}on("comm_live_update",look);on("comm:close",()=>turn(GONE));on("change",()=>turn(""));return{beat(){
silent=0;turn("")},tick(){const now=Date.now();if(silent>=0)silent=now-lookedMs>3e3?0:silent+1;lookedMs=now;if(silent>SILENT_S)turn(SILENT)}}}async function hearBeats(model,signal,beat){
const shared2=await model.widget_manager?.get_model(model.get("code")).catch(()=>null);if(shared2?.get("beat")&&!signal.aborted)listener(shared2,signal)("change\
:beat",beat)}function keeper(model,signal,then){const held=new Map;const ask=(kind,index)=>{const key=`${kind} ${index}`;if(!held.has(key)&&send(model,{kind,index}))
held.set(key,null);return held.get(key)??null};listener(model,signal)("msg:custom",({kind,index=0,poster=null},[data]=[])=>{const isClip=kind==="clip";if(!isClip&&
kind!=="picture")return;const came=isClip?data&&URL.createObjectURL(new Blob([data],{type:"video/mp4"})):poster;if(isClip&&came)signal.addEventListener("abort",
()=>URL.revokeObjectURL(came));held.set(`${kind} ${index}`,came??null);if(came)then(index)});return{picture:(index=0)=>ask("picture",index),clip:(index=0)=>ask(
"clip",index),has:(index=0)=>held.get(`picture ${index}`)??null}}function lifeline(video,signal,clip){let[plays,isAway]=[false,false];const on=(type,does)=>video.
addEventListener(type,does,{signal});const look=()=>{const src=isAway&&clip();if(!src||video.src===src)return;video.src=src;if(plays)video.play().catch(()=>{})};
on("play",()=>{plays=true});on("pause",()=>{plays&&=video.error!==null});on("error",()=>{isAway=true;look()});return look}function send(model,message){try{model.
send(message);return true}catch{return false}}var KEY="hailuo-notices";var TOLD="hailuo-notices-told";var MARK="✓ ";var TITLE_ONLY="The tab's title is marked when the last clip is done.";var CSS3=`.hailuo\
-notice button{font:inherit;font-size:12px;color:inherit;height:28px;margin:6px 8px 0 0;padding:0 10px;
border:1px solid #80808080;border-radius:4px;background:#80808014;cursor:pointer}
.hailuo-notice button[aria-pressed=true]{font-weight:600;box-shadow:inset 0 -3px #3b82f6}
@media print{.hailuo-notice{display:none}}`;var isOn=()=>{try{return localStorage.getItem(KEY)==="on"}catch{return false}};var keep=on=>{try{if(on)localStorage.
setItem(KEY,"on");else localStorage.removeItem(KEY)}catch{}};var isSeen=()=>document.visibilityState==="visible"&&document.hasFocus();async function refused(){if(!("\
Notification"in window))return`This browser has no notices. ${TITLE_ONLY}`;const answer=await Notification.requestPermission().catch(()=>"denied");if(answer==="\
granted")return"";return`The browser refuses notices of this page: its settings of the site allow them. ${TITLE_ONLY}`}function mark(){const end=new AbortController;
const isMarked=()=>document.title.startsWith(MARK);const hold=()=>{if(!isMarked())document.title=MARK+document.title};const held=new MutationObserver(hold);const look=()=>{
if(!isSeen())return;held.disconnect();if(isMarked())document.title=document.title.slice(MARK.length);end.abort()};hold();held.observe(document.head,{childList:true,
subtree:true,characterData:true});window.addEventListener("focus",look,{signal:end.signal});document.addEventListener("visibilitychange",look,{signal:end.signal})}
function tell(words){mark();try{const notice=new Notification("hailuo_nb",{body:words,tag:words});notice.onclick=()=>window.focus()}catch{}}function noticed(root,signal){
let[on,wasMoving]=[isOn(),false];const button=make("button","",{type:"button","aria-pressed":String(on)},"Tell me when done");const words=make("span","quiet",{role:"\
status",hidden:true});const box=make("p","hailuo-notice",{hidden:true},make("style","",{},CSS3),button,words);button.title="A notice of the browser and a mark i\
n the tab's title, once the last clip is done";(root.querySelector(".column.text")??root).append(box);button.addEventListener("click",async()=>{keep(!on);window.
dispatchEvent(new CustomEvent(TOLD,{detail:!on}));say(words,on?await refused():"")},{signal});window.addEventListener(TOLD,event=>{on=event.detail;button.ariaPressed=
String(on);if(!on)say(words,"")},{signal});return states=>{const isMoving=states.some(({final})=>!final);const ended=wasMoving&&!isMoving;wasMoving=isMoving;box.
hidden=!isMoving;if(!ended||!(on&&isOn())||isSeen())return;const done=states.filter(({state})=>state==="done").length;tell(states.length>1?`${done} of ${states.
length} clips are done.`:`${states[0].label}: ${states[0].state}`)}}var PLAYING_MS=2e3;var HEARD_S=5;function drawClip(tile,src,[width,height]){const poster=tile.frame.querySelector("img")?.src;const title=`Clip ${tile.state.label}`;
tile.video?.remove();tile.video=make("video","",{src,title,poster,controls:true,loop:true,playsinline:true,preload:"none",width,height});tile.video.muted=true;tile.
video.dataset.src=src;tile.video.style.aspectRatio=`${width} / ${height}`;tile.frame.replaceChildren(tile.video);return tile.video}function playing(model,root,signal){
let[toldMs,rests]=[0,0];const isFull=()=>root.contains(document.fullscreenElement);const told=on=>{toldMs=on?performance.now():0;send(model,{kind:"play",on,full:isFull()})};
root.addEventListener("play",()=>toldMs||told(true),{capture:true,signal});return()=>{const plays=isFull()||root.hasAttribute("data-playing")||[...root.querySelectorAll(
"video")].some(({paused})=>!paused);rests=plays?0:rests+1;if(plays&&performance.now()-toldMs>=PLAYING_MS)told(true);if(rests>1&&toldMs)told(false)}}function present({
model,el},root,tiles,{play,leave}){const end=new AbortController;const[hear,seenAs]=[listener(model,end.signal),locator(model)];const keep2=keeper(model,end.signal,
index=>{picture(index);looks.get(index)?.()});const looks=new Map;const unheard=new Map;let gone="";const picturesOf=index=>{const told=model.get(`poster_${index}`);
return(keep2.has(index)??(told.startsWith("#")?model.get("posters")[told.slice(1)]:told)).split(" ")};function picture(index,isNew=false){const[tile,state,[poster,
...strip]]=[tiles[index],model.get(`cell_${index}`),picturesOf(index)];const{frame}=tile;if(state.final&&!poster&&!frame.querySelector("img, [poster]"))keep2.picture(
index);const src=state.src===AWAY?keep2.clip(index):seenAs(state.src,()=>picture(index,isNew));if(src&&tile.video?.dataset.src!==src){const video=drawClip(tile,
src,state.box_px??model.get("board").box_px);looks.set(index,lifeline(video,end.signal,()=>keep2.clip(index)));play(tile,isNew)}if(!tile.video&&(poster||!state.
final))drawPicture(frame,poster,`Picture of ${state.label}`);else if(tile.video&&poster)change(tile.video,"poster",poster);if(poster||!state.final)drawStrip(tile.
strip,strip,state)}const notice=noticed(root,end.signal);const states=()=>tiles.map((_,index)=>model.get(`cell_${index}`));function draw(index){const[tile,state]=[
tiles[index],model.get(`cell_${index}`)];const isNew=tile.state!==null&&state.src&&!tile.video;const isLost=gone!==""&&!state.final;if(unheard.get(index)?.state!==
state.state)unheard.delete(index);tile.draw(isLost?{...state,note:gone,stop_hint:null,isGone:true}:state);tile.root.toggleAttribute("data-gone",isLost);picture(
index,isNew);if(!isLost)tile.tick()}root.dataset.live=model.get("board").view??"";el.append(root);tiles.forEach((tile,index)=>{draw(index);hear(`change:cell_${index}`,
()=>{draw(index);notice(states())});hear(`change:poster_${index}`,()=>picture(index));for(const[kind,button]of Object.entries(tile.buttons)){const ask=()=>{send(
model,{kind,index});if(kind==="stop")unheard.set(index,{state:model.get(`cell_${index}`).state,wait_s:HEARD_S,left_s:HEARD_S})};button.addEventListener("click",
()=>tile.press(kind,ask),{signal:end.signal})}});notice(states());const kernel=watchKernel(hear,words=>{gone=words;tiles.forEach((_,index)=>void draw(index));root.
toggleAttribute("data-gone",tiles.some(({root:tile})=>tile.hasAttribute("data-gone")))});hearBeats(model,end.signal,kernel.beat);const tell2=playing(model,root,
end.signal);function sayAgain(){for(const[index,stop]of unheard){stop.left_s-=1;if(stop.left_s>0)continue;stop.left_s=stop.wait_s*=2;send(model,{kind:"stop",index})}}
const timer=setInterval(()=>{kernel.tick();if(!gone)for(const tile of tiles)tile.tick();if(!gone)sayAgain();tell2()},1e3);return()=>{leave();clearInterval(timer);
end.abort();root.remove()}}var CSS4=`.hailuo-grid{${ACCENT}}
.hailuo-grid .hailuo-tabs{display:flex;flex-wrap:wrap;gap:4px;margin:0 0 10px;border-bottom:1px solid #80808066}
.hailuo-grid .hailuo-tabs button{font:inherit;font-size:13px;color:inherit;min-height:30px;padding:2px 12px;border:0;
border-bottom:3px solid transparent;background:none;cursor:pointer}
.hailuo-grid .hailuo-tabs button:hover{background:#80808026}
.hailuo-grid .hailuo-tabs button[aria-selected=true]{font-weight:600;border-color:var(--accent)}
.hailuo-grid .hailuo-tabs button:focus-visible{outline:2px solid var(--accent);outline-offset:-2px}
@media (forced-colors:active){.hailuo-grid .hailuo-tabs button[aria-selected=true]{border-color:Highlight}}
@media print{.hailuo-grid .hailuo-tabs{display:none}.hailuo-grid .hailuo-sheet[hidden]{display:block!important}}`;var opened=shared(Symbol.for("hailuo.sheets"),
()=>new Map);function tabbed(root){const sheets=[...root.querySelectorAll(".hailuo-sheet")];root.dataset.tabs="on";if(sheets.length<2)return;const name=`hailuo-${Math.
random().toString(36).slice(2)}`;const list=document.createElement("div");const style=document.createElement("style");const tabs=sheets.map((sheet,index)=>{const[
tab,heading]=[document.createElement("button"),sheet.querySelector(".hailuo-heading")];tab.type="button";tab.id=`${name}-${index}`;tab.role="tab";tab.dir="auto";
tab.textContent=heading.textContent;tab.setAttribute("aria-controls",`${name}-${index}-sheet`);sheet.id=`${name}-${index}-sheet`;sheet.role="tabpanel";sheet.setAttribute(
"aria-labelledby",tab.id);heading.hidden=true;tab.addEventListener("click",()=>open(index));return tab});function open(at){tabs.forEach((tab,index)=>{tab.ariaSelected=
String(index===at);tab.tabIndex=index===at?0:-1;sheets[index].hidden=index!==at});opened.set(root.dataset.grid,tabs[at].textContent)}list.addEventListener("keyd\
own",event=>{const[at,last]=[tabs.indexOf(event.target),tabs.length-1];const to={ArrowLeft:at?at-1:last,ArrowRight:at<last?at+1:0,Home:0,End:last}[event.key];if(to===
void 0||isChord(event))return;claim(event);open(to);tabs[to].focus()});list.className="hailuo-tabs";list.role="tablist";list.ariaLabel="Sheets";list.append(...tabs);
style.textContent=CSS4;sheets[0].before(style,list);open(Math.max(0,tabs.findIndex(({textContent})=>textContent===opened.get(root.dataset.grid))))}var layouts=shared(Symbol.for("hailuo.layouts"),()=>new Map);var SIDES=["rows","columns","tabs"];var LEAST_PX=150;var MOST_PX=400;var CSS5=`.hailuo-grid{
.arranging{display:flex;flex-wrap:wrap;align-items:center;gap:6px 14px;margin:0 0 10px;font-size:12px}
.arranging label{max-width:100%;overflow-wrap:anywhere}
.arranging :is(select,button){font:inherit;color:inherit;height:26px;margin:0;padding:0 8px;border:1px solid #80808080;
border-radius:4px;background:#80808014;cursor:pointer}
.arranging select{margin:0 0 0 4px;padding:0 2px}
.arranging option{color:CanvasText;background:Canvas}
.arranging [hidden]{display:none}
tbody th{position:relative}
.unseen{display:block;width:26px;height:26px;margin:4px 0 0;padding:5px;border:0;border-radius:4px;color:inherit;
background:none;opacity:.6;cursor:pointer}
.unseen svg{display:block;width:16px;height:16px;fill:none;stroke:currentColor}
.unseen:is(:hover,:focus-visible){opacity:1;background:#80808026}
.nothing{margin:0;font-size:12px;opacity:.78}
@media print{.arranging,.unseen{display:none!important}}}`;function arranged(root){const told=root.dataset.axes;const clips=root.querySelector(".hailuo-clips");
if(!told||!clips||root.querySelector(".arranging"))return tabbed(root);const axes=JSON.parse(told);const places=[...clips.querySelectorAll("td[data-at]")].filter(
({dataset})=>dataset.at).map(cell=>({at:String(cell.dataset.at).split(" ").map(Number),nodes:[...cell.childNodes]}));const looks=patterns(clips);if(axes.length<
2||!looks)return tabbed(root);const{section:sheetOf}=looks;const{sides:stood,hidden}=layouts.get(root.dataset.grid)??{sides:[],hidden:new Set};for(const[number,
axis]of axes.entries())axis[2]=stood[number]??axis[2];const selects=axes.map(([name,,side],number)=>{const select=make("select","",{"aria-label":`${name} on`},...SIDES.
map(one=>make("option","",{value:one,selected:one===side},one)));select.addEventListener("change",()=>put(number,select.value));select.addEventListener("keydown",
event=>event.stopPropagation());return select});const swap=make("button","",{type:"button"},"Swap rows and columns");const again=make("button","",{type:"button",
hidden:true});const tools=make("div","arranging",{role:"group","aria-label":"Layout"},...axes.map(([name],number)=>make("label","",{},foreign(name),selects[number])),
swap,again);const sides=()=>axes.map(([,,side])=>side);const unseen=()=>[...hidden].filter(key=>key.startsWith(`${sides().indexOf("rows")} `));function put(number,side){
const[from,other]=[axes[number][2],sides().indexOf(side)];if(side!=="tabs"&&other>=0)axes[other][2]=from;axes[number][2]=side;draw()}function draw(){for(const[number2,
[,,side]]of axes.entries())selects[number2].value=side;const sheets=laidOut(axes,places,hidden);clips?.replaceChildren(...sheets.map(sheet=>sheetOf(sheet,axes,hide)));
tabbed(root);layouts.set(root.dataset.grid,{sides:sides(),hidden});const number=unseen().length;again.textContent=number===1?"Show 1 hidden row":`Show ${number}\
 hidden rows`;again.hidden=number===0;root.dispatchEvent(new CustomEvent("arranged"))}function hide(key){hidden.add(key);draw();again.focus()}swap.addEventListener(
"click",()=>{for(const axis of axes)axis[2]=axis[2]==="rows"?"columns":axis[2]==="columns"?"rows":"tabs";draw()});again.addEventListener("click",()=>{for(const key of unseen())
hidden.delete(key);draw();swap.focus()});clips.before(make("style","",{},CSS5),tools);draw()}function laidOut(axes,places,hidden){const side=wanted=>axes.findIndex(
([,,one])=>one===wanted);const[down,across]=[side("rows"),side("columns")];const tabs=axes.flatMap(([,,one],number)=>one==="tabs"?[number]:[]);const sheets=new Map;
const byTabs=[...places].sort((one,other)=>{const first=tabs.find(axis=>one.at[axis]!==other.at[axis]);return first===void 0?0:one.at[first]-other.at[first]});for(const place2 of byTabs){
const key=tabs.map(axis=>place2.at[axis]).join(" ");sheets.set(key,[...sheets.get(key)??[],place2])}return[...sheets.values()].map(some=>{const values=axis=>axis<
0?[0]:[...new Set(some.map(({at})=>at[axis]))].sort((one,other)=>one-other);const on=({at},axis)=>axis<0?0:at[axis];const name=(axis,value)=>axis<0?"":axes[axis][1][value];
return{heading:tabs.map(axis=>placed(axes[axis][0],name(axis,some[0].at[axis]))).join(" · "),columns:values(across).map(value=>name(across,value)),rows:values(
down).filter(value=>!hidden.has(`${down} ${value}`)).map(row=>[name(down,row),`${down} ${row}`,values(across).map(to=>some.find(place2=>on(place2,down)===row&&on(
place2,across)===to)?.nodes??null)])}})}var placed=(axis,value)=>axis.split("|").includes(value)?value:`${axis} ${value}`;function patterns(clips){const section=clips.
querySelector(".hailuo-sheet");const table2=section?.querySelector("table");const[top,first]=[table2?.tHead?.rows[0],table2?.tBodies[0]?.rows[0]];if(!section||!table2||
!top||!first)return null;const like=one=>one.cloneNode(false);const title=section.querySelector(".hailuo-heading");const looks={section:like(section),heading:title?
like(title):make("h4","hailuo-heading",{dir:"auto",style:"margin:8px 0;font-size:14px"}),scroll:like(table2.parentElement),table:like(table2),head:like(table2.tHead),
row:like(top),corner:like(top.cells[0]),column:like(top.cells[1]),side:like(first.cells[0]),cell:like(first.cells[1])};looks.cell.removeAttribute("data-at");for(const one of[
looks.section,looks.heading]){for(const name of["hidden","id","role","aria-labelledby"])one.removeAttribute(name)}const side_px=Number.parseInt(table2.style.minWidth,
10)-(top.cells.length-1)*LEAST_PX;const filled=(name,...nodes)=>{const made=like(looks[name]);made.append(...nodes);return made};const bare=name=>make("td","",{
style:looks[name].getAttribute("style")});function sheetOf({heading,columns,rows},axes,hide){const named=side=>axes.find(([,,one])=>one===side)?.[0];const words=[
named("columns"),named("rows")].flatMap((name,at)=>name===void 0?[]:[make("span","",{style:"display:block"},foreign(name),at?" ↓":" →")]);const body=rows.map(
([head2,key,cells])=>{const side=named("rows")===void 0?bare("side"):filled("side",foreign(head2),hider(key,head2,hide));const empty=()=>[make("p","nothing",{},
"not in this experiment")];return filled("row",side,...cells.map(nodes=>filled("cell",...nodes??empty())))});const tops=columns.map(value=>named("columns")===void 0?
bare("column"):filled("column",foreign(value)));const made=filled("table",filled("head",filled("row",filled("corner",...words),...tops)),make("tbody","",{},...body));
made.style.minWidth=`${side_px+columns.length*LEAST_PX}px`;made.style.maxWidth=`${side_px+columns.length*MOST_PX}px`;const scroll=filled("scroll",made);scroll.ariaLabel=
`Clips ${heading}`.trim();return filled("section",...heading?[filled("heading",heading)]:[],scroll)}return{section:sheetOf}}function hider(key,head2,hide){const button=make(
"button","unseen",{type:"button",title:"Hide this row","aria-label":`Hide row ${head2}`});button.append(icon("hide"));button.addEventListener("click",()=>hide(key));
return button}function makeCell([width,height]){const parts={...makeClock(),frame:make("div","frame",{style:`aspect-ratio:${width}/${height}`}),strip:make("details","hailuo-f\
rames",{hidden:true}),rail:makeRail(),label:foreign(""),headline:make("span"),late:make("span","",{hidden:true},LATE),money:make("span"),explanation:make("div",
"reason",{dir:"auto"}),note:make("p","note",{dir:"auto"}),retry:make("button","retry",{type:"button"}),hint:make("p","quiet",{hidden:true}),stop:make("button","\
stop",{type:"button"},make("span","",{"aria-hidden":"true"}))};const caption=make("figcaption","",{},make("p","name",{},make("strong","",{},parts.label)),make("\
p","quiet became",{},parts.headline,parts.clock,parts.late,parts.money),parts.explanation,parts.note,parts.retry,parts.hint);const figure=make("figure","hailuo-\
clip",{tabindex:-1},make("div","picture",{},parts.frame,parts.stop,parts.rail),parts.strip,caption);const cell={root:figure,frame:parts.frame,strip:parts.strip,
parts,buttons:{stop:parts.stop,retry:parts.retry},state:null,asked:null,video:null,draw:state=>drawCell(cell,state),tick:()=>tickCell(cell),press(kind,ask){if(cell.
asked||!cell.state)return;rest(cell,kind,cell.state);ask()}};return cell}function drawCell(cell,state){const{root:figure,parts}=cell;figure.className=`hailuo-cl\
ip hailuo-${state.state}`;figure.dataset.label=state.label;figure.dataset.seconds=String(state.seconds);say(parts.label,state.label);say(parts.headline,isStopping(
cell,state)?STOPPING:state.headline);say(parts.money,state.money);drawReason(parts.explanation,state.explanation);say(parts.note,state.note);parts.rail.hidden=state.
final;drawRail(parts.rail,state.phase);drawButtons(cell,state);cell.state=state}function drawReason(reason,[shown,more]){if(reason.textContent!==shown+more){reason.
replaceChildren(more?make("details","",{},make("summary","",{},shown),make("span","",{},more)):shown)}reason.hidden=!shown}function drawButtons(cell,state){if(isStopping(
cell,state))return;const hadFocus=cell.root.contains(document.activeElement);offer(cell,state);cell.parts.hint.hidden=true;cell.parts.stop.title=`Stop watching.\
 ${state.stop_hint}`;const focused=document.activeElement;if(hadFocus&&(focused===document.body||focused.hidden))cell.root.focus({preventScroll:true})}function tickCell({
state,parts}){const isLate=tick(parts,state&&!state.final?state.submitted_at_ms:null,state?.late_after_s??null);if(parts.late.hidden===isLate)parts.late.hidden=
!isLate}function head(text,attributes,className=""){return make("th",className,attributes,foreign(text))}function place(spot,cells){return typeof spot==="number"?cells[spot].
root:make("p","absent",{dir:"auto"},spot)}function table(sheet,board,cells){const corner=make("td","corner",{},make("span","",{},foreign(board.column_axis??""),
" →"),make("span","",{},foreign(board.row_axis??"")," ↓"));const columns=sheet.columns.map(value=>head(value,{scope:"col"}));const rows=sheet.rows.map(([value,
spots,places])=>make("tr","",{},head(value,{scope:"row"}),...spots.map((spot,at)=>make("td","",{"data-at":places[at]},place(spot,cells)))));const[side,least,most]=sheet.
widths_px;const number=sheet.columns.length;const made=make("table","",{style:`--head:${side}px;min-width:${side+number*least}px;max-width:${side+number*most}px`},
make("thead","",{},make("tr","",{},corner,...columns)),make("tbody","",{},...rows));return make("div","scroll",{tabindex:"0",role:"region","aria-label":`Clips ${sheet.
heading}`.trim()},made)}function wrapped({rows:[[,spots]]},cells){return make("div","wrapped",{style:`--cells:${spots.length}`},...spots.map(spot=>place(spot,cells)))}
function drawSheet(sheet,board,cells){const inner=board.row_axis===null?wrapped(sheet,cells):table(sheet,board,cells);const section=make("section","hailuo-sheet",
{},inner);if(sheet.heading)section.prepend(make("h4","hailuo-heading",{dir:"auto"},sheet.heading));return section}function folded([shown,rest2]){if(!rest2)return make(
"p","prompt",{dir:"auto"},shown);return make("details","prompt",{dir:"auto"},make("summary","",{},`${shown}…`),rest2)}function listed(board){const left=board.
left_out.map(([what,why])=>make("li","",{},"Left out: ",foreign(what),": ",foreign(why)));const notes=board.notes.map(note=>make("li","",{dir:"auto"},note));return make(
"ul","notes quiet",{},...left,...notes)}function skeleton(board){const spots=board.sheets.flatMap(({rows})=>rows.flatMap(([,row])=>row));const size=spots.filter(
spot=>typeof spot==="number").length;const cells=Array.from({length:size},()=>makeCell(board.box_px));const plan=make("strong","",{dir:"auto"},board.plan);const progress=make(
"span","",{"aria-hidden":"true"});const spoken=make("span","spoken",{role:"status","aria-live":"polite"});const root=make("section","hailuo-live-grid hailuo-gri\
d hailuo-compare",{"data-grid":board.id,"data-judge":board.judge||null,"data-axes":board.axes.length?JSON.stringify(board.axes):null,"data-lm-suppress-shortcuts":"\
true","aria-label":"Experiment"},make("p","plan",{},plan,...board.simulated?[" ",badge()]:[]),make("p","count",{},progress,spoken));if(board.prompt)root.append(
folded(board.prompt));if(board.shared.length)root.append(make("p","quiet",{},"All: ",...dotted(board.shared)));root.append(make("div","hailuo-bar"),make("div","\
hailuo-clips",{},...board.sheets.map(sheet=>drawSheet(sheet,board,cells))));const measures=liveTable(board.measures,cells);root.append(measures.box);if(board.notes.
length+board.left_out.length)root.append(listed(board));return{root,cells,measures,plan,progress,spoken}}function teller(spoken){let words="";const{hear,end}=paced(()=>{spoken.textContent=words});return{hear(newest){if(newest===words)return;words=newest;hear()},end}}
function preview(root,video){const isQuiet=!root.hasAttribute("data-playing")&&[...root.querySelectorAll("video")].every(({paused})=>paused);if(mayPreview(video,
isQuiet))video.play().catch(()=>{})}function render(view){const{model}=view;const board=model.get("board");const{root,cells,measures,plan,progress,spoken}=skeleton(
board);const voice=teller(spoken);let leave=null;arranged(root);const sorting=measured(root);for(const[index,cell]of cells.entries()){const{draw}=cell;cell.draw=
told=>{const state={...told,measures:{...told.measures,...board.votes[index]}};draw(state);describe(cell.root,state,board.prompt?.join("")??board.prompts[index]);
if(measures.draw())sorting.renew()}}const tell2=()=>{const[words,isOver]=[model.get("progress"),cells.every((_,index)=>model.get(`cell_${index}`).final)];say(plan,
isOver?words:model.get("board").plan);say(progress,isOver?"":words);voice.hear(words)};model.on("change:progress",tell2);tell2();return present(view,root,cells,
{play({video},isNew){leave??=enhance(root);if(isNew&&video)queueMicrotask(()=>preview(root,video))},leave(){leave?.();voice.end();model.off("change:progress",tell2)}})}
var grid_default={render};export{grid_default as default};
