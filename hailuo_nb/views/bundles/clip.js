// card/clip.js 4ad7a87cdb45228bfdd83210ee2046637a82f8faf713f11f46e6c306ed25d244
"use strict";(()=>{function i(t,e="",a={},...n){let r=document.createElement(t);e&&(r.className=e);for(let[s,o]of Object.entries(a))o!=null&&o!==!1&&r.setAttribute(s,o===!0?"":String(
o));return r.append(...n.filter(s=>s!==null)),r}var S=t=>t.ctrlKey||t.metaKey||t.altKey;function k(t){t.preventDefault(),t.stopPropagation()}function M(t,e){let a=e(t);new IntersectionObserver(()=>{t.isConnected?
a??=e(t):(a?.(),a=null)}).observe(t)}var g=24,d=[.25,.5,1,1.5,2],R=.5/g,C=t=>Math.floor(t*g+.01),z=t=>(t+.5)/g,A=(t,e,a)=>Math.min(Math.max(t,e),a),b=({seekable:t})=>t.length>0&&t.end(t.length-1)>0;var h=new WeakMap;async function P(t,e){let a=t.getAttribute("src")??"";h.set(t,a);let r=await(await fetch(t.src,{cache:"no-store"})).blob();e.aborted||(t.src=URL.
createObjectURL(r))}var O=t=>h.has(t);function T(t){let e=h.get(t);h.delete(t),!(e===void 0||t.getAttribute("src")===e)&&(URL.revokeObjectURL(t.src),t.setAttribute(
"src",e))}var $={" ":t=>t.toggle(),k:t=>t.toggle(),",":t=>t.step(-1),ArrowLeft:t=>t.step(-1),".":t=>t.step(1),ArrowRight:t=>t.step(1),j:t=>t.seek(t.time()-1),l:t=>t.
seek(t.time()+1),Home:t=>t.seek(0),End:t=>t.seek(t.length()),"-":t=>t.accelerate(-1),"[":t=>t.accelerate(-1),"+":t=>t.accelerate(1),"]":t=>t.accelerate(1),r:t=>t.
loop(),m:t=>t.sound(),f:t=>t.full()},D={ArrowLeft:"j",ArrowRight:"l"};function L(t,e,a={}){let n=t.target,r=t.key.length===1?t.key.toLowerCase():t.key;if(n.closest(
"select,textarea,[contenteditable]")||r===" "&&n.closest("button,summary,a,.pick")||r.startsWith("Arrow")&&n.matches("[role=region]")||/^(Arrow|Home|End)/.test(
r)&&n.matches("video[controls]")||S(t))return;let o=/^\d$/.test(r)&&(()=>e.seek(e.length()*Number(r)/10)),l=$[t.shiftKey&&D[r]||r],u=o||a[r]||l&&(()=>l(e));u&&(k(
t),u())}async function H(t,e){let a=()=>new Promise(s=>{for(let o of["loadedmetadata","error"])t.addEventListener(o,s,{once:!0})});if(t.readyState<1&&(t.preload=
"auto",t.load(),await a()),t.readyState<1||b(t)||O(t))return;let{currentTime:n,paused:r}=t;try{await P(t,e)}catch{return}await a(),t.currentTime=n,r||await t.play()}
function E(t,e,a=()=>{}){let n=null,r=()=>n??=H(t,e).finally(()=>{n=null});async function s(o){await r(),t.readyState>0&&(t.currentTime=A(o(),0,t.duration-R))}return{
ready:r,toggle:()=>t.paused?void t.play().catch(()=>{}):t.pause(),step(o){t.pause(),s(()=>z(C(t.currentTime)+o))},seek:o=>{s(()=>o)},time:()=>t.currentTime,length:()=>t.
duration||0,loop(){t.loop=!t.loop,a()},accelerate(o){let l=d.indexOf(t.playbackRate);t.defaultPlaybackRate=t.playbackRate=d[A((l<0?2:l)+o,0,d.length-1)],a()},sound(){
t.muted=!t.muted},full:()=>{(document.fullscreenElement?document.exitFullscreen():t.requestFullscreen?.())?.catch(()=>{})}}}var j=`
.hailuo-card .hailuo-bar{display:flex;flex-wrap:wrap;gap:5px;align-items:center}
.hailuo-card .hailuo-bar :is(button,select){font:inherit;font-size:12px;color:inherit;height:26px;
min-width:28px;padding:0 7px;border:1px solid #80808080;border-radius:4px;background:#80808014;cursor:pointer}
.hailuo-card .hailuo-bar select{width:58px;padding:0 2px}
.hailuo-card .hailuo-bar option{color:CanvasText;background:Canvas}
.hailuo-card .hailuo-bar button[aria-pressed=true]{box-shadow:inset 0 -2px var(--jp-brand-color1,Highlight)}
.hailuo-card .hailuo-bar output{font-size:12px;font-variant-numeric:tabular-nums;min-width:5ch}
.hailuo-card .hailuo-bar a{margin-left:auto}
.hailuo-card:focus-visible,.hailuo-card .hailuo-bar :focus-visible{outline:2px solid var(--jp-brand-color1,Highlight);outline-offset:1px}`;function F(t,e,a){let n=new AbortController,
r=(c,m,x)=>c.addEventListener(m,x,{signal:n.signal}),[s,o]=[["Previous",",","◂"],["Next",".","▸"]].map(([c,m,x])=>i("button","",{type:"button","aria-label":`${c}\
 frame`,title:`${c} frame (${m})`},x)),l=i("select","",{"aria-label":"Speed"},...d.map(c=>i("option","",{value:c},`${c}×`))),u=i("button","",{type:"button",title:"\
Start again at the end"},"Loop"),y=i("output","",{"aria-label":"Time","aria-live":"off"},"0.00 s"),f=[i("style","",{},j),s,o,l,u,y],w=()=>{l.value=String(e.playbackRate),
u.ariaPressed=String(e.loop)},p=E(e,n.signal,w);r(s,"click",()=>p.step(-1)),r(o,"click",()=>p.step(1)),r(l,"change",()=>{e.defaultPlaybackRate=e.playbackRate=Number(
l.value)}),r(u,"click",p.loop);for(let c of["timeupdate","seeked"])r(e,c,()=>{y.value=`${e.currentTime.toFixed(2)} s`});return a.querySelector("a")||f.push(i("a",
"",{href:e.src,download:"clip.mp4",style:"color:inherit;font-size:12px"},"Download MP4")),a.prepend(...f),t.tabIndex=0,t.dataset.lmSuppressShortcuts="true",r(t,
"keydown",c=>L(c,p)),r(e,"loadedmetadata",()=>{b(e)||p.ready()}),w(),()=>{n.abort(),e.pause();for(let c of f)c.remove();T(e)}}for(let t of document.querySelectorAll(
"figure.hailuo-card:not([data-clip])")){let[e,a]=[t.querySelector("video"),t.querySelector(".hailuo-bar")];t.dataset.clip="on",e&&a&&M(t,()=>F(t,e,a))}})();
