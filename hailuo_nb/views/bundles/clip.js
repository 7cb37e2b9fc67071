// card/clip.js 134a56fd9969b692798ab9d70ffc150f04f79e70204d759bd6da4900ee6d4672
"use strict";(()=>{function i(t,e="",a={},...n){let o=document.createElement(t);e&&(o.className=e);for(let[c,r]of Object.entries(a))r!=null&&r!==!1&&o.setAttribute(c,r===!0?"":String(
r));return o.append(...n.filter(c=>c!==null)),o}var S=t=>t.ctrlKey||t.metaKey||t.altKey;function M(t){t.preventDefault(),t.stopPropagation()}function k(t,e){let a=e(t);new IntersectionObserver(()=>{t.isConnected?
a??=e(t):(a?.(),a=null)}).observe(t)}var g=24,h=[.25,.5,1,1.5,2],C=.5/g,z=t=>Math.floor(t*g+.01),P=t=>(t+.5)/g,A=(t,e,a)=>Math.min(Math.max(t,e),a),b=({seekable:t})=>t.length>0&&t.end(t.length-1)>0;var d=new WeakMap;async function O(t,e){let a=t.getAttribute("src")??"";d.set(t,a);let o=await(await fetch(t.src,{cache:"no-store"})).blob();e.aborted||(t.src=URL.
createObjectURL(o))}var $=t=>d.has(t);function T(t){let e=d.get(t);d.delete(t),!(e===void 0||t.getAttribute("src")===e)&&(URL.revokeObjectURL(t.src),t.setAttribute(
"src",e))}var D={" ":t=>t.toggle(),k:t=>t.toggle(),",":t=>t.step(-1),ArrowLeft:t=>t.step(-1),".":t=>t.step(1),ArrowRight:t=>t.step(1),j:t=>t.seek(t.time()-1),l:t=>t.
seek(t.time()+1),Home:t=>t.seek(0),End:t=>t.seek(t.length()),"-":t=>t.accelerate(-1),"[":t=>t.accelerate(-1),"+":t=>t.accelerate(1),"]":t=>t.accelerate(1),r:t=>t.
loop(),m:t=>t.sound(),f:t=>t.full()},H={ArrowLeft:"j",ArrowRight:"l"};function L(t,e,a={}){let n=t.target,o=t.key.length===1?t.key.toLowerCase():t.key;if(n.closest(
"select,textarea,[contenteditable]")||o===" "&&n.closest("button,summary,a,.pick")||o.startsWith("Arrow")&&n.matches("[role=region]")||/^(Arrow|Home|End)/.test(
o)&&n.matches("video[controls]")||S(t))return;let r=/^\d$/.test(o)&&(()=>e.seek(e.length()*Number(o)/10)),l=D[t.shiftKey&&H[o]||o],u=r||a[o]||l&&(()=>l(e));u&&(M(
t),u())}async function j(t,e){let a=()=>new Promise(c=>{for(let r of["loadedmetadata","error"])t.addEventListener(r,c,{once:!0})});if(t.readyState<1&&(t.preload=
"auto",t.load(),await a()),t.readyState<1||b(t)||$(t))return;let{currentTime:n,paused:o}=t;try{await O(t,e)}catch{return}await a(),t.currentTime=n,o||await t.play()}
function E(t,e,a=()=>{}){let n=null,o=()=>n??=j(t,e).finally(()=>{n=null});async function c(r){await o(),t.readyState>0&&(t.currentTime=A(r(),0,t.duration-C))}return{
ready:o,toggle:()=>t.paused?void t.play().catch(()=>{}):t.pause(),step(r){t.pause(),c(()=>P(z(t.currentTime)+r))},seek:r=>{c(()=>r)},time:()=>t.currentTime,length:()=>t.
duration||0,loop(){t.loop=!t.loop,a()},accelerate(r){let l=h.indexOf(t.playbackRate);t.defaultPlaybackRate=t.playbackRate=h[A((l<0?2:l)+r,0,h.length-1)],a()},sound(){
t.muted=!t.muted},full:()=>{(document.fullscreenElement?document.exitFullscreen():t.requestFullscreen?.())?.catch(()=>{})}}}var F=`
:is(.hailuo-card,.hailuo-live) .hailuo-bar{display:flex;flex-wrap:wrap;gap:5px;align-items:center}
:is(.hailuo-card,.hailuo-live) .hailuo-bar :is(button,select){font:inherit;font-size:12px;color:inherit;height:26px;
min-width:28px;padding:0 7px;border:1px solid #80808080;border-radius:4px;background:#80808014;cursor:pointer}
:is(.hailuo-card,.hailuo-live) .hailuo-bar select{width:58px;padding:0 2px}
:is(.hailuo-card,.hailuo-live) .hailuo-bar option{color:CanvasText;background:Canvas}
:is(.hailuo-card,.hailuo-live) .hailuo-bar button[aria-pressed=true]{box-shadow:inset 0 -2px var(--jp-brand-color1,Highlight)}
:is(.hailuo-card,.hailuo-live) .hailuo-bar output{font-size:12px;font-variant-numeric:tabular-nums;min-width:5ch}
:is(.hailuo-card,.hailuo-live) .hailuo-bar a{margin-left:auto}
:is(.hailuo-card,.hailuo-live):focus-visible,:is(.hailuo-card,.hailuo-live) .hailuo-bar :focus-visible{outline:2px solid var(--jp-brand-color1,Highlight);outlin\
e-offset:1px}`;function R(t,e,a){let n=new AbortController,o=(s,m,x)=>s.addEventListener(m,x,{signal:n.signal}),[c,r]=[["Previous",",","◂"],["Next",".","▸"]].
map(([s,m,x])=>i("button","",{type:"button","aria-label":`${s} frame`,title:`${s} frame (${m})`},x)),l=i("select","",{"aria-label":"Speed"},...h.map(s=>i("optio\
n","",{value:s},`${s}×`))),u=i("button","",{type:"button",title:"Start again at the end"},"Loop"),y=i("output","",{"aria-label":"Time","aria-live":"off"},"0.00\
 s"),f=[i("style","",{},F),c,r,l,u,y],w=()=>{l.value=String(e.playbackRate),u.ariaPressed=String(e.loop)},p=E(e,n.signal,w);o(c,"click",()=>p.step(-1)),o(r,"cli\
ck",()=>p.step(1)),o(l,"change",()=>{e.defaultPlaybackRate=e.playbackRate=Number(l.value)}),o(u,"click",p.loop);for(let s of["timeupdate","seeked"])o(e,s,()=>{y.
value=`${e.currentTime.toFixed(2)} s`});return a.querySelector("a")||f.push(i("a","",{href:e.src,download:"clip.mp4",style:"color:inherit;font-size:12px"},"Down\
load MP4")),a.prepend(...f),t.tabIndex=0,t.dataset.lmSuppressShortcuts="true",o(t,"keydown",s=>L(s,p)),o(e,"loadedmetadata",()=>{b(e)||p.ready()}),w(),()=>{n.abort(),
e.pause();for(let s of f)s.remove();T(e)}}for(let t of document.querySelectorAll("figure.hailuo-card:not([data-clip])")){let[e,a]=[t.querySelector("video"),t.querySelector(".hailuo-bar")];t.dataset.clip=
"on",e&&a&&k(t,()=>R(t,e,a))}})();
