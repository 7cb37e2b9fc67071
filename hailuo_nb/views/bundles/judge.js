// judge/judge.js cc674f42775c2ba85a7ef44078fae390e0b4a3addbb74e7d63fc755b84da8171
var SVG="http://www.w3.org/2000/svg";function make(tag,className="",attributes={},...children){const element=document.createElement(tag);if(className)element.className=className;for(const[name,value]of Object.
entries(attributes)){if(value!=null&&value!==false)element.setAttribute(name,value===true?"":`${value}`)}element.append(...children.filter(child=>child!==null));
return element}function say(element,text){const words=text??"";if(element.textContent!==words)element.textContent=words;element.hidden=words===""}var change=(element,name,value)=>{
if(element.getAttribute(name)!==String(value))element.setAttribute(name,String(value))};function svg(drawn,side_px){const[picture,path]=["svg","path"].map(name=>document.createElementNS(SVG,name));picture.setAttribute("viewBox",`0 0 ${side_px} ${side_px}`);
path.setAttribute("d",drawn);picture.append(path);return picture}async function copyText(text){try{await navigator.clipboard.writeText(text);return true}catch{return false}}function shared(name,made){const page=window;page[name]??=made();return page[name]}var isChord=event=>event.ctrlKey||event.metaKey||event.altKey;var hears=(target,signal)=>(types,heard)=>{for(const type of types.split(" "))target.addEventListener(
type,heard,{signal})};function claim(event){event.preventDefault();event.stopPropagation()}var AWAY="kernel:";var SILENT_S=5;var GONE="The kernel was restarted or has ended. Run this cell again to see it, free.";var SILENT="The kernel does not answer.\
 If it has ended, run this cell again to see it, free.";function locator({widget_manager:notebook}){const known=new Map;return(src,then)=>{if(!src||!notebook?.resolveUrl||
/^(data|blob|https?):/.test(src))return src;if(!known.has(src)){known.set(src,null);notebook.resolveUrl(src).catch(()=>src).then(address=>{known.set(src,address);
then()})}return known.get(src)??null}}function listener(model,signal){return(event,does)=>{model.on(event,does);signal.addEventListener("abort",()=>model.off(event,
does))}}function watchKernel(on,tell){let[said,silent,lookedMs]=["",-1,0];const turn=words=>{if(Boolean(words)===Boolean(said))return;said=words;tell(words)};function look(){
turn(this?.model?.comm_live===true?"":GONE)}on("comm_live_update",look);on("comm:close",()=>turn(GONE));on("change",()=>turn(""));return{beat(){silent=0;turn("")},
tick(){const now=Date.now();if(silent>=0)silent=now-lookedMs>3e3?0:silent+1;lookedMs=now;if(silent>SILENT_S)turn(SILENT)}}}function keeper(model,signal,then){const held=new Map;const ask=(kind,index)=>{const key=`${kind} ${index}`;if(!held.has(key)&&send(model,{kind,index}))held.set(
key,null);return held.get(key)??null};listener(model,signal)("msg:custom",({kind,index=0,poster=null},[data]=[])=>{const isClip=kind==="clip";if(!isClip&&kind!==
"picture")return;const came=isClip?data&&URL.createObjectURL(new Blob([data],{type:"video/mp4"})):poster;if(isClip&&came)signal.addEventListener("abort",()=>URL.
revokeObjectURL(came));held.set(`${kind} ${index}`,came??null);if(came)then(index)});return{picture:(index=0)=>ask("picture",index),clip:(index=0)=>ask("clip",index),
has:(index=0)=>held.get(`picture ${index}`)??null}}function lifeline(video,signal,clip){let[plays,isAway]=[false,false];const on=(type,does)=>video.addEventListener(
type,does,{signal});const look=()=>{const src=isAway&&clip();if(!src||video.src===src)return;video.src=src;if(plays)video.play().catch(()=>{})};on("play",()=>{plays=
true});on("pause",()=>{plays&&=video.error!==null});on("error",()=>{isAway=true;look()});return look}function send(model,message){try{model.send(message);return true}catch{
return false}}var COPIES={"Copy prompt":({prompt})=>prompt,"Copy as cell":({line,prompt})=>`${line}
${prompt}`,"Last frame":({task})=>`--image clip:${task}`,"Show in history":({task})=>`%hailuo history ${task}`};var save=({src},file="clip.mp4")=>make("a","",{href:src,
download:file}).click();function enlarge(video){const{controls}=video;video.onfullscreenchange=()=>{video.controls=document.fullscreenElement===video||controls};
video.requestFullscreen?.().catch(()=>{})}function makeActions(clip,acts=COPIES){const said=make("output");const buttons=Object.entries(acts).map(([words,does])=>{
const button=make("button","",{},words);button.onclick=async()=>{const text=does(clip);if(text)said.value=await copyText(text)?"Copied.":text};return button});return make(
"details","hailuo-acts",{},make("summary","",{},"More"),...buttons,said)}function missingWords({src}){const id=/^[^:]+:\/.*\/([^/]+)\.mp4/.exec(src)?.[1];return`This clip cannot be played: ${id?`${id}.mp4 is missing or`:"it is"} dama\
ged.${id?` Put it back beside the notebook, or %hailuo resume ${id} fetches it again, free.`:""}`}var STEPS={ArrowLeft:-1,ArrowRight:1};function follow(place,signal,last,show){let at=-1;const on=hears(place,signal);const go=to=>{at=Math.min(to,last());show(at)};
const leave=()=>go(-1);on("pointermove pointerdown",({clientX})=>{const{left,width}=place.getBoundingClientRect();go(Math.floor((last()+1)*(clientX-left)/width))});
on("pointerleave pointercancel blur",leave);on("keydown",event=>{const by=STEPS[event.key];if(!by||isChord(event)||event.shiftKey||last()<0)return;claim(event);
go(at<0&&by<0?last():Math.max(at+by,0))});return leave}function followPointer(video,figure,signal,begun){let poster="";let shown="";const on=hears(video,signal);
const strip=()=>[...figure.querySelectorAll(".hailuo-strip img")];const last=()=>begun||!figure.contains(video)?-1:strip().length-1;const leave=follow(video,signal,
last,to=>{const[frames,now]=[strip(),video.getAttribute("poster")??""];if(now!==shown)poster=now;shown=frames[to]?.src??"";if((shown||poster)!==now)video.setAttribute(
"poster",shown||poster);frames.forEach((frame,index)=>void frame.toggleAttribute("data-now",index===to))});on("play seeking emptied",({type})=>{begun=type!=="em\
ptied";leave()});video.tabIndex=0;signal.addEventListener("abort",()=>{leave();video.removeAttribute("tabindex")})}var FPS=24;var SPEEDS=[.25,.5,1,1.5,2];var HALF_S=.5/FPS;var frameAt=time_s=>Math.floor(time_s*FPS+.01);var middleOf=frame=>(frame+.5)/FPS;var within=(value,least,most)=>Math.
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
currentTime)!==frame)return seek(clip,middleOf(frame));clip.sure=setTimeout(()=>{if(video.paused&&!clip.stuck)video.currentTime=middleOf(frame)},SURE_MS)};const look=(_2,{
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
join(" and ")}`);wipe(percent)}return{box,divider,show}}var OFF=-1;function solo(select,clips){let offered=[];let chosen;const place=()=>offered.indexOf(chosen);function hear(heard){for(const clip of clips.values())if(clip!==
heard)clip.video.muted=true;if(heard)heard.video.muted=false;select.value=String(place())}function choose(at){chosen=offered[at];hear(chosen)}function offer(seen){
for(const clip of seen)clip.sounds||=hasSound(clip.video);const found=seen.filter(({sounds,broken})=>sounds&&!broken);if(areSame(found,offered))return;offered=found;
const labels=offered.map(({label},value)=>make("option","",{value},`♪ ${label}`));select.replaceChildren(make("option","",{value:OFF},"Sound off"),...labels);
select.hidden=!offered.length;hear(offered[place()])}select.hidden=true;return{offer,next:()=>choose(Number(select.value)+1),pick:()=>choose(Number(select.value)),
changed(clip){if(clip.video.muted||clip===offered[place()])return;chosen=clip;hear(clip)}}}var ACCENT="--accent:var(--jp-brand-color1,var(--vscode-focusBorder,#1976d2));";var GROUND="--ground:var(--jp-layout-color1,var(--vscode-editor-background,Canva\
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
!clip.picked});const place=clip.figure.querySelector("figcaption > p")??clip.figure.querySelector("figcaption")??clip.figure;if(!isPicky)clip.tick.remove();else if(!clip.
tick.isConnected)place.prepend(clip.tick)}for(const[index,select]of[tools.a,tools.b].entries()){select.replaceChildren(...parts().map(({label},value)=>make("opt\
ion","",{value},`${"AB"[index]} ${label}`)));select.value=String(within(parts().indexOf(pair[index]),index,parts().length-1))}look(parts().length>1?view:"side")}
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
element.remove()}function restart(plays){scan();clock.seek(0);if(plays)clock.play()}return Object.assign(leave,{restart})}var ACTS={left:["A is better","A","A was better."],tie:["No difference","T","No difference."],right:["B is better","B","B was better."],skip:["Skip","S","Skippe\
d."],undo:["Undo","U","Taken back."],enough:["","E"]};var VOTE_KEYS={A:"clip A is better",B:"clip B is better",T:"no difference",S:"skip: no answer","U Backspac\
e":"take the last vote back",E:"enough for now: end, or pause"};var{X:_,...PLAYER_KEYS}=KEYS;var ALL_KEYS={...VOTE_KEYS,...PLAYER_KEYS,...VOTE_KEYS};function figureOf(side,letter){
const[width,height]=side.box_px;const style=`aspect-ratio:${width}/${height}`;const still=side.poster?make("img","seen",{src:side.poster,alt:`Clip ${letter}`,width,
height,style}):make("div","seen",{style});const caption=make("figcaption","",{},make("strong","",{},letter));const label=letter==="A"?"left":"right";return make(
"figure","hailuo-clip",{"data-label":label,"data-seconds":side.seconds},still,caption)}function videoOf(side,letter,src){const[width,height]=side.box_px;const style=`\
aspect-ratio:${width}/${height}`;const facts={src,poster:side.poster||null,title:`Clip ${letter}`,width,height,style};const video=make("video","seen",{...facts,
loop:true,playsinline:true,preload:"auto"});video.muted=true;return video}function skeleton(enough){const buttons=Object.fromEntries(Object.entries(ACTS).map(([
name,[words,key]])=>[name,make("button",name,{type:"button"},words||enough," ",make("kbd","",{"aria-hidden":"true"},key))]));const parts={bar:make("div","hailuo\
-bar"),clips:make("div","hailuo-clips"),said:make("span","said"),progress:make("span",""),trouble:make("p","trouble",{role:"alert",hidden:true}),mark:make("stro\
ng","badge",{hidden:true,title:"Made by the built-in simulator"},"SIMULATED")};const asked=make("p","asked",{},"Which clip is better? ",parts.mark);const status=make(
"p","progress",{role:"status"},parts.said," ",parts.progress);const votes=make("div","votes",{role:"group","aria-label":"Your vote"},...Object.values(buttons));
const root=make("div","hailuo-compare hailuo-judge",{"aria-label":"Two clips to choose between",role:"group",tabindex:0},asked,parts.bar,parts.clips,votes,status,
parts.trouble);return{root,buttons,...parts}}function booth(court,enough){const{root,buttons,clips,said,progress,trouble,mark}=skeleton(enough);let shown=null;let player=null;
let[isWaiting,words]=[false,""];const end=new AbortController;const isCalm=matchMedia("(prefers-reduced-motion: reduce)").matches;function act(name){if(isWaiting||
!shown||name==="undo"&&!shown.can_undo)return;wait(true);words=ACTS[name][2]??"";if(name==="undo")court.undo(shown.turn);else if(name==="enough")court.enough();else
court.vote(shown.turn,name)}function wait(on){isWaiting=on;for(const[name,button]of Object.entries(buttons))change(button,"aria-disabled",on||name==="undo"&&!shown?.
can_undo)}const more=Object.fromEntries(Object.entries(ACTS).map(([name,[,key]])=>[key.toLowerCase(),()=>act(name)]));const keys={...more,Backspace:()=>act("und\
o"),x:()=>{}};async function mount(ballot,isNext){const figures=ballot.clips.map((side,at)=>figureOf(side,"AB"[at]));clips.replaceChildren(...figures);const sources=await Promise.
all(ballot.clips.map(court.source));if(shown!==ballot||end.signal.aborted)return;ballot.clips.forEach((side,at)=>{const video=videoOf(side,"AB"[at],sources[at]);
court.watch(video,side);figures[at].firstElementChild?.replaceWith(video)});player??=enhance(root,{more:keys,keys:ALL_KEYS});player.restart(isNext&&!isCalm)}for(const[
name,button]of Object.entries(buttons))button.addEventListener("click",()=>act(name),{signal:end.signal});const held=event=>{if(event.repeat&&event.key.toLowerCase()in
more)claim(event)};root.addEventListener("keydown",held,{capture:true,signal:end.signal});wait(true);return{root,wait,draw(ballot){const before=shown;shown=ballot;
wait(false);say(said,words);say(progress,ballot.progress);say(trouble,"");mark.hidden=!ballot.clips.every(({simulated})=>simulated);root.toggleAttribute("data-d\
ecided",ballot.decided);if(before?.turn!==ballot.turn||!clips.childElementCount)mount(ballot,before!==null)},fail(why){wait(false);say(trouble,why)},leave(){end.
abort();player?.();root.remove()}}}var GONE2="The kernel was restarted or has ended. Run this cell again and go on: no vote is lost.";var BUSY="The kernel is busy with a cell; your vote counts wh\
en that ends.";var AGAIN_MS=5e3;function render({model,el}){const end=new AbortController;const[on,seenAs]=[listener(model,end.signal),locator(model)];const looks=new Set;
const keep=keeper(model,end.signal,()=>{for(const look of looks)look()});let asked=null;let timer=0;function ask(message){asked=message;clearTimeout(timer);if(!send(
model,message))return view.fail(GONE2);timer=setTimeout(()=>{say(notice,BUSY);if(asked)ask(asked)},AGAIN_MS)}function answered(){asked=null;clearTimeout(timer);
say(notice,"")}const notice=make("p","notice",{role:"status",hidden:true});const again=make("button","",{type:"button"},"Go on voting");const told=make("div");const result=make(
"div","hailuo-judged",{hidden:true},told,again);const view=booth({vote:(turn,outcome)=>ask({kind:"vote",turn,outcome}),undo:turn=>ask({kind:"undo",turn}),enough:()=>ask(
{kind:"result"}),source:({src,index})=>new Promise(done=>{const look=()=>{const found=src===AWAY?keep.clip(index):seenAs(src,look);if(found===null)return void looks.
add(look);looks.delete(look);done(found)};look()}),watch(video,{index}){const look=lifeline(video,end.signal,()=>keep.clip(index));looks.add(look)}},"Show the r\
esult");function draw(){const html=model.get("result");result.hidden=!html;view.root.hidden=Boolean(html);if(html&&told.dataset.html!==html){told.dataset.html=html;
told.innerHTML=html;again.focus({preventScroll:true})}view.draw(model.get("ballot"))}again.addEventListener("click",()=>ask({kind:"go on"}),{signal:end.signal});
for(const name of["ballot","result"])on(`change:${name}`,draw);on("msg:custom",({kind,trouble})=>{if(kind==="clip")return;answered();if(trouble)view.fail(trouble);else
draw()});watchKernel(on,isGone=>{if(!isGone)return;answered();view.fail(GONE2);view.wait(true)});el.append(view.root,notice,result);draw();return()=>{clearTimeout(
timer);end.abort();view.leave()}}var judge_default={render};export{judge_default as default};
