// card/clip.js efda7b478c06c55aefed32d8211071832dc3dda1c37bdb6087ff68c0fdbbccb7
"use strict";(()=>{function i(t,e="",r={},...n){let a=document.createElement(t);e&&(a.className=e);for(let[s,o]of Object.entries(r))o!=null&&o!==!1&&a.setAttribute(s,o===!0?"":String(
o));return a.append(...n.filter(s=>s!==null)),a}var S=t=>t.ctrlKey||t.metaKey||t.altKey;function k(t){t.preventDefault(),t.stopPropagation()}function M(t,e){let r=e(t);new IntersectionObserver(()=>{t.isConnected?
r??=e(t):(r?.(),r=null)}).observe(t)}var b=24,h=[.25,.5,1,1.5,2],R=.5/b,C=t=>Math.floor(t*b+.01),P=t=>(t+.5)/b,A=(t,e,r)=>Math.min(Math.max(t,e),r),x=({seekable:t})=>t.length>0&&t.end(t.length-1)>0,
f=new WeakMap;async function z(t,e){let r=t.getAttribute("src")??"";f.set(t,r);let a=await(await fetch(t.src,{cache:"no-store"})).blob();e.aborted||(t.src=URL.createObjectURL(
a))}var $=t=>f.has(t);function L(t){let e=f.get(t);f.delete(t),!(e===void 0||t.getAttribute("src")===e)&&(URL.revokeObjectURL(t.src),t.setAttribute("src",e))}var j={
" ":t=>t.toggle(),k:t=>t.toggle(),",":t=>t.step(-1),ArrowLeft:t=>t.step(-1),".":t=>t.step(1),ArrowRight:t=>t.step(1),j:t=>t.seek(t.time()-1),l:t=>t.seek(t.time()+
1),Home:t=>t.seek(0),End:t=>t.seek(t.length()),"-":t=>t.accelerate(-1),"[":t=>t.accelerate(-1),"+":t=>t.accelerate(1),"]":t=>t.accelerate(1),r:t=>t.loop(),f:t=>t.
full()},H={ArrowLeft:"j",ArrowRight:"l"};function E(t,e,r={}){let n=t.target,a=t.key.length===1?t.key.toLowerCase():t.key;if(n.closest("select,textarea,[content\
editable]")||a===" "&&n.closest("button,summary,a,.pick")||a.startsWith("Arrow")&&n.matches("[role=region]")||/^(Arrow|Home|End)/.test(a)&&n.matches("video[cont\
rols]")||S(t))return;let o=/^\d$/.test(a)&&(()=>e.seek(e.length()*Number(a)/10)),l=j[t.shiftKey&&H[a]||a],u=o||r[a]||l&&(()=>l(e));u&&(k(t),u())}async function F(t,e){
let r=()=>new Promise(s=>{for(let o of["loadedmetadata","error"])t.addEventListener(o,s,{once:!0})});if(t.readyState<1&&(t.preload="auto",t.load(),await r()),t.
readyState<1||x(t)||$(t))return;let{currentTime:n,paused:a}=t;try{await z(t,e)}catch{return}await r(),t.currentTime=n,a||await t.play()}function T(t,e,r=()=>{}){
let n=null,a=()=>n??=F(t,e).finally(()=>{n=null});async function s(o){await a(),t.readyState>0&&(t.currentTime=A(o(),0,t.duration-R))}return{ready:a,toggle:()=>t.
paused?void t.play().catch(()=>{}):t.pause(),step(o){t.pause(),s(()=>P(C(t.currentTime)+o))},seek:o=>{s(()=>o)},time:()=>t.currentTime,length:()=>t.duration||0,
loop(){t.loop=!t.loop,r()},accelerate(o){let l=h.indexOf(t.playbackRate);t.defaultPlaybackRate=t.playbackRate=h[A((l<0?2:l)+o,0,h.length-1)],r()},full:()=>{(document.
fullscreenElement?document.exitFullscreen():t.requestFullscreen?.())?.catch(()=>{})}}}var O=`
.hailuo-card .hailuo-bar{display:flex;flex-wrap:wrap;gap:5px;align-items:center}
.hailuo-card .hailuo-bar :is(button,select){font:inherit;font-size:12px;color:inherit;height:26px;
min-width:28px;padding:0 7px;border:1px solid #80808080;border-radius:4px;background:#80808014;cursor:pointer}
.hailuo-card .hailuo-bar select{width:58px;padding:0 2px}
.hailuo-card .hailuo-bar option{color:CanvasText;background:Canvas}
.hailuo-card .hailuo-bar button[aria-pressed=true]{box-shadow:inset 0 -2px var(--jp-brand-color1,Highlight)}
.hailuo-card .hailuo-bar output{font-size:12px;font-variant-numeric:tabular-nums;min-width:5ch}
.hailuo-card .hailuo-bar a{margin-left:auto}
.hailuo-card:focus-visible,.hailuo-card .hailuo-bar :focus-visible{outline:2px solid var(--jp-brand-color1,Highlight);outline-offset:1px}`;function q(t,e,r){let n=new AbortController,
a=(c,m,g)=>c.addEventListener(m,g,{signal:n.signal}),[s,o]=[["Previous",",","◂"],["Next",".","▸"]].map(([c,m,g])=>i("button","",{type:"button","aria-label":`${c}\
 frame`,title:`${c} frame (${m})`},g)),l=i("select","",{"aria-label":"Speed"},...h.map(c=>i("option","",{value:c},`${c}×`))),u=i("button","",{type:"button",title:"\
Start again at the end"},"Loop"),y=i("output","",{"aria-label":"Time","aria-live":"off"},"0.00 s"),d=[i("style","",{},O),s,o,l,u,y],w=()=>{l.value=String(e.playbackRate),
u.ariaPressed=String(e.loop)},p=T(e,n.signal,w);a(s,"click",()=>p.step(-1)),a(o,"click",()=>p.step(1)),a(l,"change",()=>{e.defaultPlaybackRate=e.playbackRate=Number(
l.value)}),a(u,"click",p.loop);for(let c of["timeupdate","seeked"])a(e,c,()=>{y.value=`${e.currentTime.toFixed(2)} s`});return r.querySelector("a")||d.push(i("a",
"",{href:e.src,download:"clip.mp4",style:"color:inherit;font-size:12px"},"Download MP4")),r.prepend(...d),t.tabIndex=0,t.dataset.lmSuppressShortcuts="true",a(t,
"keydown",c=>E(c,p)),a(e,"loadedmetadata",()=>{x(e)||p.ready()}),w(),()=>{n.abort(),e.pause();for(let c of d)c.remove();L(e)}}for(let t of document.querySelectorAll(
"figure.hailuo-card:not([data-clip])")){let[e,r]=[t.querySelector("video"),t.querySelector(".hailuo-bar")];t.dataset.clip="on",e&&r&&M(t,()=>q(t,e,r))}})();
