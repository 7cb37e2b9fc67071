// card/card.js d6809514c658372de790dc8b8bf2682d0d17b47e9fab91bbf79acb0fdd1f6889
function make(tag,className="",attributes={},...children){const element=document.createElement(tag);if(className)element.className=className;for(const[name,value]of Object.
entries(attributes)){if(value!=null&&value!==false)element.setAttribute(name,value===true?"":String(value))}element.append(...children.filter(child=>child!==null));
return element}function say(element,text){const words=text??"";if(element.textContent!==words)element.textContent=words;element.hidden=words===""}var change=(element,name,value)=>{
if(element.getAttribute(name)!==String(value))element.setAttribute(name,String(value))};var foreign=text=>make("bdi","",{dir:"auto"},text);var dotted=phrases=>phrases.
flatMap((phrase,index)=>index?[" · ",foreign(phrase)]:[foreign(phrase)]);async function copyText(text){try{await navigator.clipboard.writeText(text);return true}catch{return false}}var isChord=event=>event.ctrlKey||event.metaKey||event.altKey;function claim(event){event.preventDefault();event.stopPropagation()}var AWAY="kernel:";var GONE="The kernel was restarted or has ended. Run this cell again to see it, free.";function locator({widget_manager:notebook}){const known=new Map;
return(src,then)=>{if(!src||!notebook?.resolveUrl||/^(data|blob|https?):/.test(src))return src;if(!known.has(src)){known.set(src,null);notebook.resolveUrl(src).
catch(()=>src).then(address=>{known.set(src,address);then()})}return known.get(src)??null}}function listener(model,signal){return(event,does)=>{model.on(event,does);
signal.addEventListener("abort",()=>model.off(event,does))}}function watchKernel(on,tell){let isGone=false;const turn=to=>{if(to===isGone)return;isGone=to;tell(
to)};function look(){turn(this?.model?.comm_live!==true)}on("comm_live_update",look);on("comm:close",()=>turn(true));on("change",()=>turn(false))}function keeper(model,signal,then){
const held=new Map;const ask=(kind,index)=>{const key=`${kind} ${index}`;if(!held.has(key)&&send(model,{kind,index}))held.set(key,null);return held.get(key)??null};
listener(model,signal)("msg:custom",({kind,index=0,poster=null},[data]=[])=>{const isClip=kind==="clip";if(!isClip&&kind!=="picture")return;const came=isClip?data&&
URL.createObjectURL(new Blob([data],{type:"video/mp4"})):poster;if(isClip&&came)signal.addEventListener("abort",()=>URL.revokeObjectURL(came));held.set(`${kind}\
 ${index}`,came??null);if(came)then(index)});return{picture:(index=0)=>ask("picture",index),clip:(index=0)=>ask("clip",index),has:(index=0)=>held.get(`picture ${index}`)??
null}}function lifeline(video,signal,clip){let[plays,isAway]=[false,false];const on=(type,does)=>video.addEventListener(type,does,{signal});const look=()=>{const src=isAway&&
clip();if(!src||video.src===src)return;video.src=src;if(plays)video.play().catch(()=>{})};on("play",()=>{plays=true});on("pause",()=>{plays&&=video.error!==null});
on("error",()=>{isAway=true;look()});return look}function send(model,message){try{model.send(message);return true}catch{return false}}var STOPPING="Stopping…";var DELAY="A cell that is running may delay this.";var badge=()=>make("strong","badge",{title:"Made by the built-in simulator, free of charge"},"SIMULATED");function drawRail(rail,phase){[...rail.children].forEach((step,index)=>{step.className=phase===null?"":index<phase?"past":index===phase?"now":""})}function clockWords(elapsed_s){
const[hours,minutes,seconds]=[elapsed_s/3600,elapsed_s/60%60,elapsed_s%60].map(Math.floor);const two=number=>String(number).padStart(2,"0");return hours?`${hours}\
:${two(minutes)}:${two(seconds)}`:`${minutes}:${two(seconds)}`}function makeClock(attributes={}){const time=document.createTextNode("");return{time,clock:make("\
span","clock",{hidden:true,...attributes},time)}}function tick({clock,time},from_ms,late_after_s,to_ms=Date.now()){const isTicking=from_ms!==null;const elapsed_s=isTicking?
Math.max(0,(to_ms-from_ms)/1e3):0;const words=clockWords(elapsed_s);if(clock.hidden===isTicking)clock.hidden=!isTicking;if(isTicking&&time.data!==words)time.data=
words;return isTicking&&late_after_s!==null&&elapsed_s>late_after_s}var LATE="longer this time";var estimateWords=(estimate,isLate)=>[estimate,isLate?LATE:""].filter(
Boolean).join(", ");function drawPicture(frame,picture,alt,before=null){const image=frame.querySelector("img");if(!picture)return image?.remove();if(image)return change(
image,"src",picture);const made=make("img","",{src:picture,alt});if(before)frame.insertBefore(made,before);else frame.replaceChildren(made)}var FPS=24;var SPEEDS=[.25,.5,1,1.5,2];var HALF_S=.5/FPS;var frameAt=time_s=>Math.floor(time_s*FPS+.01);var middleOf=frame=>(frame+.5)/FPS;var within=(value,least,most)=>Math.
min(Math.max(value,least),most);var canSeek=({seekable})=>seekable.length>0&&seekable.end(seekable.length-1)>0;var addresses=new WeakMap;async function holdCopy(video,signal){const address=video.getAttribute("src")??"";addresses.set(video,address);const reply=await fetch(
video.src,{cache:"no-store"});const copy=await reply.blob();if(!signal.aborted)video.src=URL.createObjectURL(copy)}var isHeld=video=>addresses.has(video);function letGo(video){
const address=addresses.get(video);addresses.delete(video);if(address===void 0||video.getAttribute("src")===address)return;URL.revokeObjectURL(video.src);video.
setAttribute("src",address)}var KEYS={" ":deck=>deck.toggle(),k:deck=>deck.toggle(),",":deck=>deck.step(-1),ArrowLeft:deck=>deck.step(-1),".":deck=>deck.step(1),
ArrowRight:deck=>deck.step(1),j:deck=>deck.seek(deck.time()-1),l:deck=>deck.seek(deck.time()+1),Home:deck=>deck.seek(0),End:deck=>deck.seek(deck.length()),"-":deck=>deck.
accelerate(-1),"[":deck=>deck.accelerate(-1),"+":deck=>deck.accelerate(1),"]":deck=>deck.accelerate(1),r:deck=>deck.loop(),m:deck=>deck.sound(),f:deck=>deck.full()};
var SHIFTED={ArrowLeft:"j",ArrowRight:"l"};function pressKey(event,deck,own={}){const target=event.target;const name=event.key.length===1?event.key.toLowerCase():
event.key;const isTaken=target.closest("select,textarea,[contenteditable]")||name===" "&&target.closest("button,summary,a,.pick")||name.startsWith("Arrow")&&target.
matches("[role=region]")||/^(Arrow|Home|End)/.test(name)&&target.matches("video[controls]");if(isTaken||isChord(event))return;const tenth=/^\d$/.test(name)&&(()=>deck.
seek(deck.length()*Number(name)/10));const common=KEYS[event.shiftKey&&SHIFTED[name]||name];const does=tenth||own[name]||common&&(()=>common(deck));if(!does)return;
claim(event);does()}async function ready(video,signal){const loaded=()=>new Promise(done=>{for(const end of["loadedmetadata","error"])video.addEventListener(end,
done,{once:true})});if(video.readyState<1){video.preload="auto";video.load();await loaded()}if(video.readyState<1||canSeek(video)||isHeld(video))return;const{currentTime,
paused}=video;try{await holdCopy(video,signal)}catch{return}await loaded();video.currentTime=currentTime;if(!paused)await video.play()}function single(video,signal,told=()=>{}){
let waiting=null;const isReady=()=>waiting??=ready(video,signal).finally(()=>{waiting=null});async function go(to){await isReady();if(video.readyState>0)video.currentTime=
within(to(),0,video.duration-HALF_S)}return{ready:isReady,toggle:()=>video.paused?void video.play().catch(()=>{}):video.pause(),step(frames){video.pause();go(()=>middleOf(
frameAt(video.currentTime)+frames))},seek:time_s=>void go(()=>time_s),time:()=>video.currentTime,length:()=>video.duration||0,loop(){video.loop=!video.loop;told()},
accelerate(by){const at=SPEEDS.indexOf(video.playbackRate);video.defaultPlaybackRate=video.playbackRate=SPEEDS[within((at<0?2:at)+by,0,SPEEDS.length-1)];told()},
sound(){video.muted=!video.muted},full:()=>void(document.fullscreenElement?document.exitFullscreen():video.requestFullscreen?.())?.catch(()=>{})}}var CSS=`
:is(.hailuo-card,.hailuo-live) .hailuo-bar{display:flex;flex-wrap:wrap;gap:5px;align-items:center}
:is(.hailuo-card,.hailuo-live) .hailuo-bar :is(button,select){font:inherit;font-size:12px;color:inherit;height:26px;
min-width:28px;padding:0 7px;border:1px solid #80808080;border-radius:4px;background:#80808014;cursor:pointer}
:is(.hailuo-card,.hailuo-live) .hailuo-bar select{width:58px;padding:0 2px}
:is(.hailuo-card,.hailuo-live) .hailuo-bar option{color:CanvasText;background:Canvas}
:is(.hailuo-card,.hailuo-live) .hailuo-bar button[aria-pressed=true]{box-shadow:inset 0 -2px var(--jp-brand-color1,Highlight)}
:is(.hailuo-card,.hailuo-live) .hailuo-bar output{font-size:12px;font-variant-numeric:tabular-nums;min-width:5ch}
:is(.hailuo-card,.hailuo-live) .hailuo-bar a{margin-left:auto}
:is(.hailuo-card,.hailuo-live):focus-visible,:is(.hailuo-card,.hailuo-live) .hailuo-bar :focus-visible{outline:2px solid var(--jp-brand-color1,Highlight);outlin\
e-offset:1px}`;function enhance(figure,video,bar){const end=new AbortController;const on=(target,type,heard)=>target.addEventListener(type,heard,{signal:end.signal});
const[back,next]=[["Previous",",","◂"],["Next",".","▸"]].map(([word,key,drawn])=>make("button","",{type:"button","aria-label":`${word} frame`,title:`${word}\
 frame (${key})`},drawn));const speed=make("select","",{"aria-label":"Speed"},...SPEEDS.map(rate=>make("option","",{value:rate},`${rate}×`)));const loop=make("\
button","",{type:"button",title:"Start again at the end"},"Loop");const time=make("output","",{"aria-label":"Time","aria-live":"off"},"0.00 s");const added=[make(
"style","",{},CSS),back,next,speed,loop,time];const paint=()=>{speed.value=String(video.playbackRate);loop.ariaPressed=String(video.loop)};const deck=single(video,
end.signal,paint);on(back,"click",()=>deck.step(-1));on(next,"click",()=>deck.step(1));on(speed,"change",()=>{video.defaultPlaybackRate=video.playbackRate=Number(
speed.value)});on(loop,"click",deck.loop);for(const event of["timeupdate","seeked"])on(video,event,()=>{time.value=`${video.currentTime.toFixed(2)} s`});if(!bar.
querySelector("a"))added.push(make("a","",{href:video.src,download:"clip.mp4",style:"color:inherit;font-size:12px"},"Download MP4"));bar.prepend(...added);figure.
tabIndex=0;figure.dataset.lmSuppressShortcuts="true";on(figure,"keydown",event=>pressKey(event,deck));on(video,"loadedmetadata",()=>{if(!canSeek(video))deck.ready()});
paint();return()=>{end.abort();video.pause();for(const element of added)element.remove();letGo(video)}}function list(element,phrases){const key=JSON.stringify(phrases);if(element.dataset.key===key)return;element.dataset.key=key;element.hidden=phrases.length===0;element.
replaceChildren(...dotted(phrases))}var PHASES=["Waiting","Queued","Generating","Saving"];var phaseStep=words=>make("li","",{},make("span","",{},words));function skeleton(){
const parts={frame:make("div","frame"),rail:make("ol","rail",{"aria-label":"Progress"},...PHASES.map(phaseStep)),bar:make("div","hailuo-bar",{hidden:true}),label:make(
"bdi","",{dir:"auto"}),badge:badge(),headline:make("strong","headline",{role:"status","aria-live":"polite"}),...makeClock({role:"timer","aria-live":"off",title:"\
Since it was sent"}),estimate:make("span","estimate"),explanation:make("p","explanation",{dir:"auto"}),prompt:make("div","prompt",{dir:"auto"}),options:make("p",
"quiet"),images:make("p","quiet"),money:make("p","quiet"),id:make("code","",{dir:"ltr"}),copy:make("button","copy",{type:"button","aria-label":"Copy the task id"},
"Copy"),note:make("p","note",{dir:"auto"}),warnings:make("ul","warnings"),stop:make("button","stop",{type:"button"},"Stop watching"),hint:make("span","hint"),commands:make(
"p","quiet")};const task=make("p","quiet",{},"task ",parts.id," ",parts.copy);const actions=make("div","actions",{},parts.stop,parts.hint);const picture=make("d\
iv","column picture",{},parts.frame,parts.rail,parts.bar);const text=make("div","column text",{},make("p","name",{},make("strong","",{},parts.label),parts.badge),
make("p","status",{},parts.headline,parts.clock,parts.estimate),parts.explanation,parts.prompt,make("div","details",{},parts.options,parts.images,parts.money,task,
parts.warnings),parts.note,parts.commands,actions);const root=make("section","hailuo-live",{"data-lm-suppress-shortcuts":"true"},picture,text);return{root,parts:{
...parts,task,actions,picture}}}function drawFrame({frame,picture},state){picture.style.maxWidth=`${state.width_px+16}px`;frame.style.aspectRatio=`${state.width_px}\
 / ${state.height_px}`;const video=frame.querySelector("video");if(state.poster&&video)change(video,"poster",state.poster);else if(!video&&(state.poster||!state.
final))drawPicture(frame,state.poster,"Start frame")}function drawClip({frame,rail,bar},{label,file,width_px,height_px},src){if(!src||frame.querySelector("video"))
return null;const video=make("video","",{src,title:`Clip ${label}`,poster:frame.querySelector("img")?.src,controls:true,loop:true,playsinline:true,preload:"none",
width:width_px,height:height_px});video.muted=true;frame.replaceChildren(video);bar.append(make("a","",{href:src,download:file},"Download MP4"));rail.hidden=true;
bar.hidden=false;return video}function drawPhases({rail},{phase}){drawRail(rail,phase);for(const step of rail.children)step.ariaCurrent=step.className==="now"?"\
step":null}function drawPrompt({prompt},[shown,rest]){if(prompt.dataset.drawn===shown+rest)return;prompt.dataset.drawn=shown+rest;if(rest)prompt.replaceChildren(
make("details","",{},make("summary","",{},`${shown}…`),rest));else prompt.replaceChildren(shown)}function drawActions({stop,hint,actions},state){actions.hidden=
state.final;if(stop.dataset.asked===state.state)return;delete stop.dataset.asked;stop.disabled=!state.stop_hint;say(stop,"Stop watching");say(hint,state.stop_hint)}
function draw(parts,root,state){root.dataset.state=state.state;root.setAttribute("aria-label",`Video task ${state.label}`);say(parts.label,state.label);parts.badge.
hidden=!state.simulated;say(parts.headline,state.headline);say(parts.explanation,state.explanation);list(parts.options,state.options);list(parts.images,state.images);
say(parts.money,[state.money,state.balance].filter(Boolean).join(" · "));say(parts.id,state.task_id);parts.task.hidden=!state.task_id;say(parts.note,state.note);
say(parts.commands,state.final?state.commands.map(([command,does])=>`${command} ${does}`).join("; "):"");parts.warnings.hidden=state.warnings.length===0;parts.warnings.
replaceChildren(...state.warnings.map(words=>make("li","",{dir:"auto"},words)));drawFrame(parts,state);drawPhases(parts,state);drawPrompt(parts,state.prompt);drawActions(
parts,state)}function tickCard(parts,state){const isLate=tick(parts,state.submitted_at_ms,state.estimate_high_s??null,state.finished_at_ms??void 0);say(parts.estimate,
state.final?"":estimateWords(state.estimate,isLate))}async function copyId({id,copy}){const isCopied=await copyText(id.textContent);if(!isCopied)getSelection()?.
selectAllChildren(id);say(copy,isCopied?"Copied":"Selected")}function render({model,el}){const{root,parts}=skeleton();const end=new AbortController;const[on,seenAs]=[
listener(model,end.signal),locator(model)];const keep=keeper(model,end.signal,update);let[isGone,leave,look]=[false,()=>{},()=>{}];const state=()=>{const told=model.
get("state");return{...told,poster:told.poster??keep.has()}};function drawEnd(told){if(!told.final)return;if(!told.poster&&!parts.frame.querySelector("img, [pos\
ter]"))keep.picture();const src=told.src===AWAY?keep.clip():seenAs(told.src,update);const video=drawClip(parts,told,src);if(!video)return look();leave=enhance(root,
video,parts.bar);look=lifeline(video,end.signal,keep.clip)}function update(){const told=state();draw(parts,root,told);drawEnd(told);const isLost=isGone&&!told.final;
if(isLost)say(parts.note,GONE);if(isLost)parts.actions.hidden=true;root.toggleAttribute("data-gone",isLost);tickCard(parts,told)}const onClick=(button,clicked)=>button.
addEventListener("click",clicked,{signal:end.signal});onClick(parts.copy,()=>copyId(parts));onClick(parts.stop,()=>{parts.stop.dataset.asked=state().state;parts.
stop.disabled=true;say(parts.stop,STOPPING);say(parts.hint,DELAY);send(model,{kind:"stop"})});on("change:state",update);watchKernel(on,gone=>{isGone=gone;update()});
const timer=setInterval(()=>isGone||tickCard(parts,state()),1e3);update();el.append(root);return()=>{leave();clearInterval(timer);end.abort();root.remove()}}var card_default={
render};export{card_default as default};
