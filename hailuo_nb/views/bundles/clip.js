// card/clip.js d58fa12f93d196d37664274e912c8f4197062ae0bc90a21484359a3d9e78cf30
"use strict";(()=>{var L="http://www.w3.org/2000/svg";function c(e,t="",n={},...s){let o=document.createElement(e);t&&(o.className=t);for(let[r,a]of Object.entries(n))a!=null&&a!==!1&&o.setAttribute(r,a===!0?"":String(
a));return o.append(...s.filter(r=>r!==null)),o}function A(e,t,n={}){let[s,o]=[document.createElementNS(L,"svg"),document.createElementNS(L,"path")];for(let[r,a]of Object.entries({viewBox:`0 0 ${t} ${t}`,...n}))
s.setAttribute(r,String(a));return o.setAttribute("d",e),s.append(o),s}var T=e=>e.ctrlKey||e.metaKey||e.altKey;function E(e){e.preventDefault(),e.stopPropagation()}function z(e,t){let n=t(e);new IntersectionObserver(()=>{e.isConnected?
n??=t(e):(n?.(),n=null)}).observe(e)}var w=24,p=[.25,.5,1,1.5,2],N=.5/w,U=e=>Math.floor(e*w+.01),W=e=>(e+.5)/w,P=(e,t,n)=>Math.min(Math.max(e,t),n),S=({seekable:e})=>e.length>0&&e.end(e.length-1)>0;
function H(e){let{audioTracks:t,mozHasAudio:n,webkitAudioDecodedByteCount:s}=e;return!!(t?.length||n||s)}var m=new WeakMap;async function q(e,t){let n=e.getAttribute(
"src")??"";m.set(e,n);let o=await(await fetch(e.src,{cache:"no-store"})).blob();t.aborted||(e.src=URL.createObjectURL(o))}var Y=e=>m.has(e);function C(e){let t=m.
get(e);m.delete(e),!(t===void 0||e.getAttribute("src")===t)&&(URL.revokeObjectURL(e.src),e.setAttribute("src",t))}var G={" ":e=>e.toggle(),k:e=>e.toggle(),",":e=>e.
step(-1),ArrowLeft:e=>e.step(-1),".":e=>e.step(1),ArrowRight:e=>e.step(1),j:e=>e.seek(e.time()-1),l:e=>e.seek(e.time()+1),Home:e=>e.seek(0),End:e=>e.seek(e.length()),
"-":e=>e.accelerate(-1),"[":e=>e.accelerate(-1),"+":e=>e.accelerate(1),"]":e=>e.accelerate(1),r:e=>e.loop(),m:e=>e.sound(),f:e=>e.full()},I={ArrowLeft:"j",ArrowRight:"\
l"};function R(e,t,n={}){let s=e.target,o=e.key.length===1?e.key.toLowerCase():e.key;if(s.closest("select,textarea,[contenteditable]")||o===" "&&s.closest("butt\
on,summary,a,.pick")||o.startsWith("Arrow")&&s.matches("[role=region]")||/^( |Arrow|Home|End)/.test(o)&&s.matches("video:is([controls],:fullscreen)")||T(e))return;
let a=/^\d$/.test(o)&&(()=>t.seek(t.length()*Number(o)/10)),l=G[e.shiftKey&&I[o]||o],d=a||n[o]||l&&(()=>l(t));d&&(E(e),d())}async function V(e,t){let n=()=>new Promise(
r=>{for(let a of["loadedmetadata","error"])e.addEventListener(a,r,{once:!0})});if(e.readyState<1&&(e.preload="auto",e.load(),await n()),e.readyState<1||S(e)||Y(
e))return;let{currentTime:s,paused:o}=e;try{await q(e,t)}catch{return}await n(),e.currentTime=s,o||await e.play()}function D(e,t,n=()=>{}){let s=null,o=()=>s??=
V(e,t).finally(()=>{s=null});async function r(a){await o(),e.readyState>0&&(e.currentTime=P(a(),0,e.duration-N))}return{ready:o,toggle:()=>e.paused?void e.play().
catch(()=>{}):e.pause(),step(a){e.pause(),r(()=>W(U(e.currentTime)+a))},seek:a=>{r(()=>a)},time:()=>e.currentTime,length:()=>e.duration||0,loop(){e.loop=!e.loop,
n()},accelerate(a){let l=p.indexOf(e.playbackRate);e.defaultPlaybackRate=e.playbackRate=p[P((l<0?2:l)+a,0,p.length-1)],n()},sound(){e.muted=!e.muted},full:()=>{
(document.fullscreenElement?document.exitFullscreen():e.requestFullscreen?.())?.catch(()=>{})}}}var O="M3 1.5v11l9.5-5.5z",$="M3 2h3v10H3zM8 2h3v10H8z";var F=e=>A(e,14);var _=`.hailuo-card,.hailuo-live{--c:var(--jp-brand-color1,Highlight);video{cursor:pointer}
&:focus-visible,.hailuo-bar :focus-visible{outline:2px solid var(--c);outline-offset:1px}
.hailuo-bar{display:flex;flex-wrap:wrap;gap:5px;align-items:center;
:is(button,select){font:inherit;font-size:12px;color:inherit;height:26px;min-width:28px;padding:0 7px;
border:1px solid #80808080;border-radius:4px;background:#80808014;cursor:pointer}
[hidden]{display:none}
svg{display:block;width:14px;fill:currentColor}
select{width:58px;padding:0 2px}
option{color:CanvasText;background:Canvas}
input{flex:1 1 80px;min-width:60px;accent-color:var(--c)}
button[aria-pressed=true]{box-shadow:inset 0 -2px var(--c)}
output{font-size:12px;font-variant-numeric:tabular-nums;min-width:5ch}
a{margin-left:auto;color:inherit;font-size:12px}}}`,u=(e,t,n)=>c("button","",{type:"button","aria-label":e,title:`${e} (${t})`},n);function K(e,t,n){let s=new AbortController,
o=(i,j,v)=>{for(let B of j.split(" "))i.addEventListener(B,v,{signal:s.signal})},r=D(t,s.signal,y),a=u("Play","Space",""),l=c("input","",{type:"range",min:0,step:"\
any","aria-label":"Position"}),d=c("output","",{"aria-label":"Time","aria-live":"off"}),f=c("select","",{"aria-label":"Speed"},...p.map(i=>c("option","",{value:i},
`${i}×`))),[k,M]=[u("Previous frame",",","◂"),u("Next frame",".","▸")],[g,h,b]=[u("Loop","R","Loop"),u("Sound","M","♪"),u("Full screen","F","⛶")],x=[c(
"style","",{},_),a,k,M,l,d,f,g,h,b];function y(){a.replaceChildren(F(t.paused?O:$)),a.ariaLabel=t.paused?"Play":"Pause",l.max=String(r.length()||1),l.value=String(
t.currentTime),d.value=`${t.currentTime.toFixed(2)} s`,f.value=String(t.playbackRate),g.ariaPressed=String(t.loop),h.ariaPressed=String(!t.muted),h.hidden=!H(t)}
return o(a,"click",r.toggle),o(k,"click",()=>r.step(-1)),o(M,"click",()=>r.step(1)),o(l,"input",()=>r.seek(Number(l.value))),o(f,"change",()=>{t.defaultPlaybackRate=
t.playbackRate=Number(f.value)}),o(g,"click",r.loop),o(h,"click",r.sound),o(b,"click",r.full),b.hidden=!document.fullscreenEnabled,o(t,"click",()=>document.fullscreenElement===
t||r.toggle()),o(t,"timeupdate seeked play pause volumechange loadeddata durationchange",y),n.querySelector("a")||x.push(c("a","",{href:t.src,download:"clip.mp4"},
"Download MP4")),n.prepend(...x),t.controls=!1,e.tabIndex=0,e.dataset.lmSuppressShortcuts="true",o(e,"keydown",i=>R(i,r)),o(t,"loadedmetadata",()=>{S(t)||r.ready()}),
y(),()=>{s.abort(),t.pause(),t.controls=!0;for(let i of x)i.remove();C(t)}}for(let e of document.querySelectorAll("figure.hailuo-card:not([data-clip])")){let[t,n]=[e.querySelector("video"),e.querySelector(".hailuo-bar")];e.dataset.clip=
"on",t&&n&&z(e,()=>K(e,t,n))}})();
