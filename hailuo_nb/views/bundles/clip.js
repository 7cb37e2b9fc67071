// card/clip.js f2ba710afa13709fc196f07204cf983951061352bd83fcecebfefe89de5ba37f
"use strict";(()=>{var A="http://www.w3.org/2000/svg";function i(e,t="",n={},...s){let o=document.createElement(e);t&&(o.className=t);for(let[r,a]of Object.entries(n))a!=null&&a!==!1&&o.setAttribute(r,a===!0?"":String(
a));return o.append(...s.filter(r=>r!==null)),o}function T(e,t,n={}){let[s,o]=[document.createElementNS(A,"svg"),document.createElementNS(A,"path")];for(let[r,a]of Object.entries({viewBox:`0 0 ${t} ${t}`,...n}))
s.setAttribute(r,String(a));return o.setAttribute("d",e),s.append(o),s}var z=e=>e.ctrlKey||e.metaKey||e.altKey;function E(e){e.preventDefault(),e.stopPropagation()}function P(e,t){let n=t(e);new IntersectionObserver(()=>{e.isConnected?
n??=t(e):(n?.(),n=null)}).observe(e)}var w=24,p=[.25,.5,1,1.5,2],v=.5/w,q=e=>Math.floor(e*w+.01),Y=e=>(e+.5)/w,H=(e,t,n)=>Math.min(Math.max(e,t),n),S=({seekable:e})=>e.length>0&&e.end(e.length-1)>0;
function C(e){let{audioTracks:t,mozHasAudio:n,webkitAudioDecodedByteCount:s}=e;return!!(t?.length||n||s)}var m=new WeakMap;async function G(e,t){let n=e.getAttribute(
"src")??"";m.set(e,n);let o=await(await fetch(e.src,{cache:"no-store"})).blob();t.aborted||(e.src=URL.createObjectURL(o))}var I=e=>m.has(e);function $(e){let t=m.
get(e);m.delete(e),!(t===void 0||e.getAttribute("src")===t)&&(URL.revokeObjectURL(e.src),e.setAttribute("src",t))}var V={" ":e=>e.toggle(),k:e=>e.toggle(),",":e=>e.
step(-1),ArrowLeft:e=>e.step(-1),".":e=>e.step(1),ArrowRight:e=>e.step(1),j:e=>e.seek(e.time()-1),l:e=>e.seek(e.time()+1),Home:e=>e.seek(0),End:e=>e.seek(e.length()),
"-":e=>e.accelerate(-1),"[":e=>e.accelerate(-1),"+":e=>e.accelerate(1),"]":e=>e.accelerate(1),r:e=>e.loop(),m:e=>e.sound(),f:e=>e.full()},_={ArrowLeft:"j",ArrowRight:"\
l"};function R(e,t,n={}){let s=e.target,o=e.key.length===1?e.key.toLowerCase():e.key;if(s.closest("select,textarea,[contenteditable]")||o===" "&&s.closest("butt\
on,summary,a,.pick")||o.startsWith("Arrow")&&s.matches("[role=region]")||/^( |Arrow|Home|End)/.test(o)&&s.matches("video:is([controls],:fullscreen)")||z(e))return;
let a=/^\d$/.test(o)&&(()=>t.seek(t.length()*Number(o)/10)),l=V[e.shiftKey&&_[o]||o],d=a||n[o]||l&&(()=>l(t));d&&(E(e),d())}async function J(e,t){let n=()=>new Promise(
r=>{for(let a of["loadedmetadata","error"])e.addEventListener(a,r,{once:!0})});if(e.readyState<1&&(e.preload="auto",e.load(),await n()),e.readyState<1||S(e)||I(
e))return;let{currentTime:s,paused:o}=e;try{await G(e,t)}catch{return}await n(),e.currentTime=s,o||await e.play()}function D(e,t,n=()=>{}){let s=null,o=()=>s??=
J(e,t).finally(()=>{s=null});async function r(a){await o(),e.readyState>0&&(e.currentTime=H(a(),0,e.duration-v))}return{ready:o,toggle:()=>e.paused?void e.play().
catch(()=>{}):e.pause(),step(a){e.pause(),r(()=>Y(q(e.currentTime)+a))},seek:a=>{r(()=>a)},time:()=>e.currentTime,length:()=>e.duration||0,loop(){e.loop=!e.loop,
n()},accelerate(a){let l=p.indexOf(e.playbackRate);e.defaultPlaybackRate=e.playbackRate=p[H((l<0?2:l)+a,0,p.length-1)],n()},sound(){e.muted=!e.muted},full:()=>{
(document.fullscreenElement?document.exitFullscreen():e.requestFullscreen?.())?.catch(()=>{})}}}var O="M3 1.5v11l9.5-5.5z",F="M3 2h3v10H3zM8 2h3v10H8z";var K=e=>T(e,14);function j({src:e}){let t=/^[^:]+:\/.*\/([^/]+)\.mp4/.exec(e)?.[1];return`This clip cannot be played: ${t?`${t}.mp4 is missing or`:"it is"} damaged.${t?` Put it\
 back beside the notebook, or %hailuo resume ${t} fetches it again, free.`:""}`}var X=`.hailuo-card,.hailuo-live{--c:var(--jp-brand-color1,Highlight);video{cursor:pointer}
&:focus-visible,.hailuo-bar :focus-visible{outline:2px solid var(--c);outline-offset:1px}
.hailuo-bar{display:flex;flex-wrap:wrap;gap:5px;align-items:center;
:is(button,select){font:inherit;font-size:12px;color:inherit;height:26px;min-width:28px;padding:0 7px;
border:1px solid #80808080;border-radius:4px;background:#80808014;cursor:pointer}
[hidden],p:empty{display:none}
p{flex:1 0 100%;margin:0;font-size:13px}
svg{display:block;width:14px;fill:currentColor}
select{width:58px;padding:0 2px}
option{color:CanvasText;background:Canvas}
input{flex:1 1 80px;min-width:60px;accent-color:var(--c)}
button[aria-pressed=true]{box-shadow:inset 0 -2px var(--c)}
output{font-size:12px;font-variant-numeric:tabular-nums;min-width:5ch}
a{margin-left:auto;color:inherit;font-size:12px}}}`,u=(e,t,n)=>i("button","",{type:"button","aria-label":e,title:`${e} (${t})`},n);function W(e,t,n){let s=new AbortController,
o=(c,B,N)=>{for(let U of B.split(" "))c.addEventListener(U,N,{signal:s.signal})},r=D(t,s.signal,y),a=u("Play","Space",""),l=i("input","",{type:"range",min:0,step:"\
any","aria-label":"Position"}),d=i("output","",{"aria-label":"Time","aria-live":"off"}),f=i("select","",{"aria-label":"Speed"},...p.map(c=>i("option","",{value:c},
`${c}×`))),[k,M]=[u("Previous frame",",","◂"),u("Next frame",".","▸")],[g,h,x]=[u("Loop","R","Loop"),u("Sound","M","♪"),u("Full screen","F","⛶")],L=i("\
p","",{role:"alert"}),b=[i("style","",{},X),L,a,k,M,l,d,f,g,h,x];function y(){a.replaceChildren(K(t.paused?O:F)),a.ariaLabel=t.paused?"Play":"Pause",l.max=String(
r.length()||1),l.value=String(t.currentTime),d.value=`${t.currentTime.toFixed(2)} s`,f.value=String(t.playbackRate),g.ariaPressed=String(t.loop),h.ariaPressed=String(
!t.muted),h.hidden=!C(t)}return o(a,"click",r.toggle),o(k,"click",()=>r.step(-1)),o(M,"click",()=>r.step(1)),o(l,"input",()=>r.seek(Number(l.value))),o(f,"chang\
e",()=>{t.defaultPlaybackRate=t.playbackRate=Number(f.value)}),o(g,"click",r.loop),o(h,"click",r.sound),o(x,"click",r.full),x.hidden=!document.fullscreenEnabled,
o(t,"click",()=>document.fullscreenElement===t||r.toggle()),o(t,"error loadeddata",c=>{L.textContent=c.type==="error"?j(t):""}),o(t,"timeupdate seeked play paus\
e volumechange loadeddata durationchange",y),n.querySelector("a")||b.push(i("a","",{href:t.src,download:"clip.mp4"},"Download MP4")),n.prepend(...b),t.controls=
!1,e.tabIndex=0,e.dataset.lmSuppressShortcuts="true",o(e,"keydown",c=>R(c,r)),o(t,"loadedmetadata",()=>{S(t)||r.ready()}),y(),()=>{s.abort(),t.pause(),t.controls=
!0;for(let c of b)c.remove();$(t)}}for(let e of document.querySelectorAll("figure.hailuo-card:not([data-clip])")){let[t,n]=[e.querySelector("video"),e.querySelector(".hailuo-bar")];e.dataset.clip=
"on",t&&n&&P(e,()=>W(e,t,n))}})();
