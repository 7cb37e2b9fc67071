// card/card.js 40208e307506e3a3962c1519a3809d12ee4b521b4a61ed597f8fa53512d8a882
var SVG="http://www.w3.org/2000/svg";function make(tag,className="",attributes={},...children){const element=document.createElement(tag);if(className)element.className=className;for(const[name,value]of Object.
entries(attributes)){if(value!=null&&value!==false)element.setAttribute(name,value===true?"":`${value}`)}element.append(...children.filter(child=>child!==null));
return element}function say(element,text){const words=text??"";if(element.textContent!==words)element.textContent=words;element.hidden=words===""}var change=(element,name,value)=>{
if(element.getAttribute(name)!==String(value))element.setAttribute(name,String(value))};var foreign=text=>make("bdi","",{dir:"auto"},text);var dotted=phrases=>phrases.
flatMap((phrase,index)=>index?[" · ",foreign(phrase)]:[foreign(phrase)]);function svg(drawn,side_px){const[picture,path]=["svg","path"].map(name=>document.createElementNS(
SVG,name));picture.setAttribute("viewBox",`0 0 ${side_px} ${side_px}`);path.setAttribute("d",drawn);picture.append(path);return picture}async function copyText(text){try{await navigator.clipboard.writeText(text);return true}catch{return false}}var isChord=event=>event.ctrlKey||event.metaKey||event.altKey;var hears=(target,signal)=>(types,heard)=>{for(const type of types.split(" "))target.addEventListener(
type,heard,{signal})};function claim(event){event.preventDefault();event.stopPropagation()}function describe({dataset},{id,file,line},prompt){if(id)Object.assign(dataset,{task:id,file,line,prompt})}var COPIES={"Copy prompt":({prompt})=>prompt,"Copy as\
 cell":({line,prompt})=>`${line}
${prompt}`,"Last frame":({task})=>`--image clip:${task}`,"Show in history":({task})=>`%hailuo history ${task}`};function makeActions(clip,acts=COPIES){const said=make("output");const buttons=Object.entries(acts).map(([words,does])=>{const button=make("button","",{},words);
button.onclick=async()=>{const text=does(clip);if(text)said.value=await copyText(text)?"Copied.":text};return button});return make("details","hailuo-acts",{},make(
"summary","",{},"More"),...buttons,said)}var STOPPING="Stopping…";var DELAY="A cell that is running may delay this.";var badge=()=>make("strong","badge",{title:"Made by the built-in simulator, free of charge"},"SIMULATED");function drawRail(rail,phase){[...rail.children].forEach((step,index)=>{step.className=phase===null?"":index<phase?"past":index===phase?"now":""})}function clockWords(elapsed_s){
const[hours,minutes,seconds]=[elapsed_s/3600,elapsed_s/60%60,elapsed_s%60].map(Math.floor);const two=number=>String(number).padStart(2,"0");return hours?`${hours}\
:${two(minutes)}:${two(seconds)}`:`${minutes}:${two(seconds)}`}function makeClock(attributes={}){const time=document.createTextNode("");return{time,clock:make("\
span","clock",{hidden:true,...attributes},time)}}function tick({clock,time},from_ms,late_after_s,to_ms=Date.now()){const isTicking=from_ms!==null;const elapsed_s=isTicking?
Math.max(0,(to_ms-from_ms)/1e3):0;const words=clockWords(elapsed_s);if(clock.hidden===isTicking)clock.hidden=!isTicking;if(isTicking&&time.data!==words)time.data=
words;return isTicking&&late_after_s!==null&&elapsed_s>late_after_s}var LATE="longer this time";var estimateWords=(estimate,isLate)=>[estimate,isLate?LATE:""].filter(
Boolean).join(", ");function drawStrip(strip,frames,{label,seconds}){if(!frames.length&&strip.hidden)return;strip.hidden=!frames.length;const images=frames.map(
(src,at)=>{const second=Number((at*seconds/Math.max(1,frames.length-1)).toPrecision(3));return make("img","",{src,alt:`Clip ${label} at ${second} s`})});const folded=()=>[
make("summary","",{},"Frames"),make("div","hailuo-strip",{},...images)];strip.replaceChildren(...strip.matches("details")?folded():images)}function drawPicture(frame,picture,alt,before=null){
const image=frame.querySelector("img");if(!picture)return image?.remove();if(image)return change(image,"src",picture);const made=make("img","",{src:picture,alt});
if(before)frame.insertBefore(made,before);else frame.replaceChildren(made)}var AWAY="kernel:";var SILENT_S=5;var GONE="The kernel was restarted or has ended. Run this cell again to see it, free.";var SILENT="The kernel does not answer.\
 If it has ended, run this cell again to see it, free.";function locator({widget_manager:notebook}){const known=new Map;return(src,then)=>{if(!src||!notebook?.resolveUrl||
/^(data|blob|https?):/.test(src))return src;if(!known.has(src)){known.set(src,null);notebook.resolveUrl(src).catch(()=>src).then(address=>{known.set(src,address);
then()})}return known.get(src)??null}}function listener(model,signal){return(event,does)=>{model.on(event,does);signal.addEventListener("abort",()=>model.off(event,
does))}}function watchKernel(on,tell2){let[said,silent,lookedMs]=["",-1,0];const turn=words=>{if(Boolean(words)===Boolean(said))return;said=words;tell2(words)};
function look(){turn(this?.model?.comm_live===true?"":GONE)}on("comm_live_update",look);on("comm:close",()=>turn(GONE));on("change",()=>turn(""));return{beat(){
silent=0;turn("")},tick(){const now=Date.now();if(silent>=0)silent=now-lookedMs>3e3?0:silent+1;lookedMs=now;if(silent>SILENT_S)turn(SILENT)}}}async function hearBeats(model,signal,beat){
const shared=await model.widget_manager?.get_model(model.get("code")).catch(()=>null);if(shared?.get("beat")&&!signal.aborted)listener(shared,signal)("change:be\
at",beat)}function keeper(model,signal,then){const held=new Map;const ask=(kind,index)=>{const key=`${kind} ${index}`;if(!held.has(key)&&send(model,{kind,index}))
held.set(key,null);return held.get(key)??null};listener(model,signal)("msg:custom",({kind,index=0,poster=null},[data]=[])=>{const isClip=kind==="clip";if(!isClip&&
kind!=="picture")return;const came=isClip?data&&URL.createObjectURL(new Blob([data],{type:"video/mp4"})):poster;if(isClip&&came)signal.addEventListener("abort",
()=>URL.revokeObjectURL(came));held.set(`${kind} ${index}`,came??null);if(came)then(index)});return{picture:(index=0)=>ask("picture",index),clip:(index=0)=>ask(
"clip",index),has:(index=0)=>held.get(`picture ${index}`)??null}}function lifeline(video,signal,clip){let[plays,isAway]=[false,false];const on=(type,does)=>video.
addEventListener(type,does,{signal});const look=()=>{const src=isAway&&clip();if(!src||video.src===src)return;video.src=src;if(plays)video.play().catch(()=>{})};
on("play",()=>{plays=true});on("pause",()=>{plays&&=video.error!==null});on("error",()=>{isAway=true;look()});return look}function send(model,message){try{model.
send(message);return true}catch{return false}}var KEY="hailuo-notices";var TOLD="hailuo-notices-told";var MARK="✓ ";var TITLE_ONLY="The tab's title is marked when the last clip is done.";var CSS=`.hailuo-\
notice button{font:inherit;font-size:12px;color:inherit;height:28px;margin:6px 8px 0 0;padding:0 10px;
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
status",hidden:true});const box=make("p","hailuo-notice",{hidden:true},make("style","",{},CSS),button,words);button.title="A notice of the browser and a mark in\
 the tab's title, once the last clip is done";(root.querySelector(".column.text")??root).append(box);button.addEventListener("click",async()=>{keep(!on);window.
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
strip,strip,state)}const notice=noticed(root,end.signal);const states=()=>tiles.map((_,index)=>model.get(`cell_${index}`));function draw2(index){const[tile,state]=[
tiles[index],model.get(`cell_${index}`)];const isNew=tile.state!==null&&state.src&&!tile.video;const isLost=gone!==""&&!state.final;if(unheard.get(index)?.state!==
state.state)unheard.delete(index);tile.draw(isLost?{...state,note:gone,stop_hint:null,isGone:true}:state);tile.root.toggleAttribute("data-gone",isLost);picture(
index,isNew);if(!isLost)tile.tick()}root.dataset.live=model.get("board").view??"";el.append(root);tiles.forEach((tile,index)=>{draw2(index);hear(`change:cell_${index}`,
()=>{draw2(index);notice(states())});hear(`change:poster_${index}`,()=>picture(index));for(const[kind,button]of Object.entries(tile.buttons)){const ask=()=>{send(
model,{kind,index});if(kind==="stop")unheard.set(index,{state:model.get(`cell_${index}`).state,wait_s:HEARD_S,left_s:HEARD_S})};button.addEventListener("click",
()=>tile.press(kind,ask),{signal:end.signal})}});notice(states());const kernel=watchKernel(hear,words=>{gone=words;tiles.forEach((_,index)=>void draw2(index));root.
toggleAttribute("data-gone",tiles.some(({root:tile})=>tile.hasAttribute("data-gone")))});hearBeats(model,end.signal,kernel.beat);const tell2=playing(model,root,
end.signal);function sayAgain(){for(const[index,stop]of unheard){stop.left_s-=1;if(stop.left_s>0)continue;stop.left_s=stop.wait_s*=2;send(model,{kind:"stop",index})}}
const timer=setInterval(()=>{kernel.tick();if(!gone)for(const tile of tiles)tile.tick();if(!gone)sayAgain();tell2()},1e3);return()=>{leave();clearInterval(timer);
end.abort();root.remove()}}var FPS=24;var SPEEDS=[.25,.5,1,1.5,2];var HALF_S=.5/FPS;var frameAt=time_s=>Math.floor(time_s*FPS+.01);var middleOf=frame=>(frame+.5)/FPS;var within=(value,least,most)=>Math.
min(Math.max(value,least),most);var canSeek=({seekable})=>seekable.length>0&&seekable.end(seekable.length-1)>0;function hasSound(video){const{audioTracks,mozHasAudio,
webkitAudioDecodedByteCount}=video;return Boolean(audioTracks?.length||mozHasAudio||webkitAudioDecodedByteCount)}var addresses=new WeakMap;async function holdCopy(video,signal){
addresses.set(video,video.getAttribute("src")??"");const reply=await fetch(video.src,{cache:"no-store"});const copy=await reply.blob();if(!signal.aborted)video.
src=URL.createObjectURL(copy)}var isHeld=video=>addresses.has(video);function letGo(video){const address=addresses.get(video);addresses.delete(video);if(address===
void 0||video.getAttribute("src")===address)return;URL.revokeObjectURL(video.src);video.setAttribute("src",address)}function keysOf({toggle,step,seek,time,length,
loop,accelerate,sound,full}){const[back,next,slower,faster]=[()=>step(-1),()=>step(1),()=>accelerate(-1),()=>accelerate(1)];return{" ":toggle,k:toggle,",":back,
ArrowLeft:back,".":next,ArrowRight:next,j:()=>seek(time()-1),l:()=>seek(time()+1),Home:()=>seek(0),End:()=>seek(length()),"-":slower,"[":slower,"+":faster,"]":faster,
r:loop,m:sound,f:full}}var SHIFTED={ArrowLeft:"j",ArrowRight:"l"};function pressKey(event,deck,own={}){const target=event.target;const name=event.key.length===1?
event.key.toLowerCase():event.key;const isTaken=target.closest("select,textarea,[contenteditable]")||name===" "&&target.closest("button,summary,a,.pick")||name.
startsWith("Arrow")&&target.matches("[role=region]")||target.matches("video[controls]")&&(name===" "||/^(Arrow|Home|End)/.test(name)&&target!==deck.video);if(isTaken||
isChord(event))return;const tenth=/^\d$/.test(name)&&(()=>deck.seek(deck.length()*+name/10));const does=tenth||own[name]||keysOf(deck)[event.shiftKey&&SHIFTED[name]||
name];if(!does)return;claim(event);does()}async function ready(video,signal){const loaded=()=>new Promise(done=>{for(const end of["loadedmetadata","error"])video.
addEventListener(end,done,{once:true})});if(video.readyState<1){video.preload="auto";video.load();await loaded()}if(video.readyState<1||canSeek(video)||isHeld(video))
return;const{currentTime,paused}=video;try{await holdCopy(video,signal)}catch{return}await loaded();video.currentTime=currentTime;if(!paused)await video.play()}
function single(video,signal,told=()=>{},screen=video){let waiting=null;const isReady=()=>waiting??=ready(video,signal).finally(()=>{waiting=null});async function go(to){
await isReady();if(video.readyState>0)video.currentTime=within(to(),0,video.duration-HALF_S)}return{video,ready:isReady,toggle:()=>video.paused?void video.play().
catch(()=>{}):video.pause(),step(frames){video.pause();go(()=>middleOf(frameAt(video.currentTime)+frames))},seek:time_s=>void go(()=>time_s),time:()=>video.currentTime,
length:()=>video.duration||0,loop(){video.loop=!video.loop;told()},accelerate(by){const at=SPEEDS.indexOf(video.playbackRate);video.defaultPlaybackRate=video.playbackRate=
SPEEDS[within((at<0?2:at)+by,0,SPEEDS.length-1)];told()},sound(){video.muted=!video.muted},full:()=>void(document.fullscreenElement?document.exitFullscreen():screen.
requestFullscreen?.())?.catch(()=>{})}}var PLAY="M3 1.5v11l9.5-5.5z";var PAUSE="M3 2h3v10H3zM8 2h3v10H8z";var BACK="M9 2v10L4 7z";var NEXT="M5 2v10l5-5z";var FULL="M2 2h5L2 7zM12 12H7l5-5z";var glyph=drawn=>svg(drawn,14);function makeSpeed(){const rates=SPEEDS.map(rate=>make("option","",{value:rate},`${rate}×`));return make("select","",{"aria-labe\
l":"Speed"},...rates)}function missingWords({src}){const id=/^[^:]+:\/.*\/([^/]+)\.mp4/.exec(src)?.[1];return`This clip cannot be played: ${id?`${id}.mp4 is missing or`:"it is"} dama\
ged.${id?` Put it back beside the notebook, or %hailuo resume ${id} fetches it again, free.`:""}`}var STEPS={ArrowLeft:-1,ArrowRight:1};function follow(place,signal,last,show){let at=-1;const on=hears(place,signal);const go=to=>{at=Math.min(to,last());show(at)};
const leave=()=>go(-1);on("pointermove pointerdown",({clientX})=>{const{left,width}=place.getBoundingClientRect();go(Math.floor((last()+1)*(clientX-left)/width))});
on("pointerleave pointercancel blur",leave);on("keydown",event=>{const by=STEPS[event.key];if(!by||isChord(event)||event.shiftKey||last()<0)return;claim(event);
go(at<0&&by<0?last():Math.max(at+by,0))});return leave}function followPointer(video,figure,signal,begun){let poster="";let shown="";const on=hears(video,signal);
const strip=()=>[...figure.querySelectorAll(".hailuo-strip img")];const last=()=>begun||!figure.contains(video)?-1:strip().length-1;const leave=follow(video,signal,
last,to=>{const[frames,now]=[strip(),video.getAttribute("poster")??""];if(now!==shown)poster=now;shown=frames[to]?.src??"";if((shown||poster)!==now)video.setAttribute(
"poster",shown||poster);frames.forEach((frame,index)=>void frame.toggleAttribute("data-now",index===to))});on("play seeking emptied",({type})=>{begun=type!=="em\
ptied";leave()});video.tabIndex=0;signal.addEventListener("abort",()=>{leave();video.removeAttribute("tabindex")})}var ACCENT="--accent:var(--jp-brand-color1,var(--vscode-focusBorder,#1976d2));";var CSS2=`.hailuo-card,.hailuo-live{${ACCENT}video{cursor:pointer;touch-action:pan-y}
&:focus-visible,:is(video,.hailuo-bar *):focus-visible,[data-now]{outline:2px solid var(--accent);outline-offset:1px}
.hailuo-bar{display:flex;flex-wrap:wrap;gap:5px;align-items:center;font-size:12px;
:is(button,select){font:inherit;color:inherit;height:26px;min-width:28px;padding:0 7px;
border:1px solid #8888;border-radius:4px;background:#8881;cursor:pointer}
[hidden],p:empty{display:none}
p,[open]{flex:1 0 100%}
summary~*{margin:4px 4px 0 0}
p{margin:0;font-size:13px}
svg{display:block;width:14px;fill:currentColor}
select{padding:0}
option{color:CanvasText;background:Canvas}
input{flex:1 80px;min-width:60px;accent-color:var(--accent)}
button[aria-pressed=true]{box-shadow:inset 0 -2px var(--accent)}
output{font-variant-numeric:tabular-nums;min-width:5ch}
a{margin-left:auto;color:inherit}}
:fullscreen{display:flex;flex-direction:column;max-width:none!important;padding:8px!important;
outline:0;background:var(--jp-layout-color1,Canvas);
:is(.frame,video){flex:1;min-height:0;height:100%!important;aspect-ratio:auto!important}}}`;function enhance(figure,video,bar){const end=new AbortController;const on=(target,types,heard)=>hears(
target,end.signal)(types,heard);const button=(label,key,drawn,pressed)=>{const made=make("button","",{"aria-label":label,title:`${label} (${key})`},drawn);on(made,
"click",pressed);return made};const screen=bar.parentElement;const deck=single(video,end.signal,paint,screen);followPointer(video,figure,end.signal,video.currentTime>
0||!video.paused);const play=button("Play","Space","",deck.toggle);const slider=make("input","",{type:"range",min:0,step:"any","aria-label":"Position"});const time=make(
"output","",{"aria-label":"Time","aria-live":"off"});const speed=makeSpeed();const loop=button("Loop","R","Loop",deck.loop);const sound=button("Sound","M","♪",
deck.sound);const full=button("Full screen","F",glyph(FULL),deck.full);const broken=make("p","",{role:"alert"});const added=[make("style","",{},CSS2),broken,play,
button("Previous frame",",",glyph(BACK),()=>deck.step(-1)),button("Next frame",".",glyph(NEXT),()=>deck.step(1)),slider,time,speed,loop,sound,full];function paint(){
play.replaceChildren(glyph(video.paused?PLAY:PAUSE));play.ariaLabel=video.paused?"Play":"Pause";Object.assign(slider,{max:deck.length()||1,value:video.currentTime});
time.value=`${video.currentTime.toFixed(2)} s`;speed.value=String(video.playbackRate);loop.ariaPressed=String(video.loop);sound.ariaPressed=String(!video.muted);
sound.hidden=!hasSound(video)}on(slider,"input",()=>deck.seek(+slider.value));on(speed,"change",()=>{video.defaultPlaybackRate=video.playbackRate=+speed.value});
full.hidden=!document.fullscreenEnabled;on(video,"click",deck.toggle);on(video,"error loadeddata",event=>{broken.textContent=event.type==="error"?missingWords(video):
""});on(video,"timeupdate seeked play pause volumechange loadeddata durationchange",paint);added.push(makeActions(figure.dataset));Object.assign(bar.querySelector(
"a"),{href:video.src,hidden:false});bar.prepend(...added);video.controls=false;on(screen,"fullscreenchange",()=>(document.fullscreenElement?screen:figure).focus());
screen.tabIndex=-1;figure.tabIndex=0;figure.dataset.lmSuppressShortcuts="true";on(figure,"keydown",event=>pressKey(event,deck));on(video,"loadedmetadata",()=>{if(!canSeek(
video))deck.ready()});paint();return()=>{end.abort();video.pause();video.controls=true;for(const element of added)element.remove();letGo(video)}}function list(element,phrases){const key=JSON.stringify(phrases);if(element.dataset.key===key)return;element.dataset.key=key;element.hidden=phrases.length===0;element.
replaceChildren(...dotted(phrases))}var PHASES=["Waiting","Queued","Generating","Saving"];var phaseStep=words=>make("li","",{},make("span","",{},words));function chained(chain){
const links=chain.flatMap(([name,picture,address])=>{const seen=picture?make("img","",{src:picture,alt:name,width:48}):foreign(name);const link=address?make("a",
"",{href:address,target:"_blank",title:`Play ${name}`},seen):seen;return[link,"→ "]});return make("p","quiet hailuo-chain",{hidden:!chain.length},...links,"th\
is clip")}function skeleton(chain){const parts={frame:make("div","frame"),strip:make("div","hailuo-strip",{hidden:true}),rail:make("ol","rail",{"aria-label":"Pr\
ogress"},...PHASES.map(phaseStep)),bar:make("div","hailuo-bar",{hidden:true}),label:make("bdi","",{dir:"auto"}),badge:badge(),headline:make("strong","headline",
{role:"status","aria-live":"polite"}),...makeClock({role:"timer","aria-live":"off",title:"Since it was sent"}),estimate:make("span","estimate"),found:make("p","\
quiet"),explanation:make("p","explanation",{dir:"auto"}),prompt:make("div","prompt",{dir:"auto"}),measures:make("p","quiet hailuo-measures",{hidden:true}),options:make(
"p","quiet"),images:make("p","quiet"),money:make("p","quiet"),id:make("code","",{dir:"ltr"}),copy:make("button","copy",{type:"button","aria-label":"Copy the tas\
k id"},"Copy"),note:make("p","note",{dir:"auto"}),warnings:make("ul","warnings"),stop:make("button","stop",{type:"button"},"Stop watching"),hint:make("span","hi\
nt"),commands:make("p","quiet")};const task=make("p","quiet",{},"task ",parts.id," ",parts.copy);const actions=make("div","actions",{},parts.stop,parts.hint);const picture=make(
"div","column picture",{},parts.frame,parts.strip,parts.rail,parts.bar);const text=make("div","column text",{},make("p","name",{},make("strong","",{},parts.label),
parts.badge),make("p","status",{},parts.headline,parts.clock,parts.estimate),parts.explanation,parts.found,parts.prompt,parts.measures,chained(chain),make("div",
"details",{},parts.options,parts.images,parts.money,task,parts.warnings),parts.note,parts.commands,actions);const root=make("section","hailuo-live",{"data-lm-su\
ppress-shortcuts":"true"},picture,text);return{root,parts:{...parts,task,actions,picture}}}function drawPhases({rail},{phase}){drawRail(rail,phase);for(const step of rail.
children)step.ariaCurrent=step.className==="now"?"step":null}function drawPrompt({prompt},[shown,rest]){if(prompt.dataset.drawn===shown+rest)return;prompt.dataset.
drawn=shown+rest;if(rest)prompt.replaceChildren(make("details","",{},make("summary","",{},`${shown}…`),rest));else prompt.replaceChildren(shown)}function drawMeasures(element,told){
const key=JSON.stringify(told);if(element.dataset.key===key)return;element.dataset.key=key;element.hidden=told.length===0;element.replaceChildren(...told.flatMap(
([words,definition],at)=>[at?" · ":"",make("span","",{title:definition},foreign(words))]))}function drawActions({stop,hint,actions},state){actions.hidden=state.
final||Boolean(state.isGone);if(stop.dataset.asked===state.state)return;delete stop.dataset.asked;stop.disabled=!state.stop_hint;say(stop,"Stop watching");say(hint,
state.stop_hint)}function draw(parts,root,state){root.dataset.state=state.state;describe(root,state,state.prompt.join(""));root.setAttribute("aria-label",`Video\
 task ${state.label}`);say(parts.label,state.label);parts.badge.hidden=!state.simulated;say(parts.headline,state.headline);say(parts.explanation,state.explanation);
list(parts.options,state.options);list(parts.images,state.images);drawMeasures(parts.measures,state.measures??[]);say(parts.money,[state.money,state.balance].filter(
Boolean).join(" · "));say(parts.id,state.task_id);parts.task.hidden=!state.task_id;say(parts.note,state.note);say(parts.commands,state.final?state.commands.map(
([command,does])=>`${command} ${does}`).join("; "):"");parts.warnings.hidden=state.warnings.length===0;parts.warnings.replaceChildren(...state.warnings.map(words=>make(
"li","",{dir:"auto"},words)));parts.picture.style.maxWidth=`${state.box_px[0]+16}px`;parts.frame.style.aspectRatio=`${state.box_px[0]} / ${state.box_px[1]}`;drawPhases(
parts,state);drawPrompt(parts,state.prompt);drawActions(parts,state)}function tickCard(parts,state){const isLate=tick(parts,state.submitted_at_ms,state.late_after_s,
state.finished_at_ms??void 0);say(parts.estimate,state.final?"":estimateWords(state.estimate,isLate))}async function copyId({id,copy}){const isCopied=await copyText(
id.textContent);if(!isCopied)getSelection()?.selectAllChildren(id);say(copy,isCopied?"Copied":"Selected")}function render(view){const board=view.model.get("boar\
d");const{root,parts}=skeleton(board.chain??[]);const end=new AbortController;let leave=()=>{};const tile={root,frame:parts.frame,strip:parts.strip,buttons:{stop:parts.
stop},state:null,video:null,draw(state){draw(parts,root,state);tile.state=state},tick:()=>tile.state&&tickCard(parts,tile.state),press(_,ask){parts.stop.dataset.
asked=tile.state?.state;parts.stop.disabled=true;say(parts.stop,STOPPING);say(parts.hint,DELAY);ask()}};say(parts.found,board.found);parts.copy.addEventListener(
"click",()=>copyId(parts),{signal:end.signal});return present(view,root,[tile],{play({video,state}){if(!video)return;leave();parts.rail.hidden=true;parts.bar.hidden=
false;parts.bar.replaceChildren(make("a","",{href:video.getAttribute("src"),download:state.file},"Download MP4"));leave=enhance(root,video,parts.bar)},leave(){leave();
end.abort()}})}var card_default={render};export{card_default as default};
