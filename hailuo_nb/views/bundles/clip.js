// card/clip.js 22ef88024b875b1a678003e939ec58c82eee28b446c67dbfbde0429919c9f894
"use strict";(()=>{var $="http://www.w3.org/2000/svg";function d(t,e="",n={},...a){let o=document.createElement(t);e&&(o.className=e);for(let[s,c]of Object.entries(n))c!=null&&c!==!1&&o.setAttribute(s,c===!0?"":String(
c));return o.append(...a.filter(s=>s!==null)),o}var C=(t,e,n)=>{t.getAttribute(e)!==String(n)&&t.setAttribute(e,String(n))};function O(t,e,n={}){let[a,o]=[document.createElementNS($,"svg"),document.createElementNS($,"path")];for(let[s,c]of Object.entries({viewBox:`0 0 ${e} ${e}`,...n}))
a.setAttribute(s,String(c));return o.setAttribute("d",t),a.append(o),a}var k=t=>t.ctrlKey||t.metaKey||t.altKey;function M(t){t.preventDefault(),t.stopPropagation()}function F(t,e){let n=e(t);new IntersectionObserver(()=>{t.isConnected?
n??=e(t):(n?.(),n=null)}).observe(t)}var P=24,y=[.25,.5,1,1.5,2],_=.5/P,V=t=>Math.floor(t*P+.01),Q=t=>(t+.5)/P,K=(t,e,n)=>Math.min(Math.max(t,e),n),z=({seekable:t})=>t.length>0&&t.end(t.length-1)>0;
function D(t){let{audioTracks:e,mozHasAudio:n,webkitAudioDecodedByteCount:a}=t;return!!(e?.length||n||a)}var A=new WeakMap;async function Z(t,e){let n=t.getAttribute(
"src")??"";A.set(t,n);let o=await(await fetch(t.src,{cache:"no-store"})).blob();e.aborted||(t.src=URL.createObjectURL(o))}var tt=t=>A.has(t);function H(t){let e=A.
get(t);A.delete(t),!(e===void 0||t.getAttribute("src")===e)&&(URL.revokeObjectURL(t.src),t.setAttribute("src",e))}var et={" ":t=>t.toggle(),k:t=>t.toggle(),",":t=>t.
step(-1),ArrowLeft:t=>t.step(-1),".":t=>t.step(1),ArrowRight:t=>t.step(1),j:t=>t.seek(t.time()-1),l:t=>t.seek(t.time()+1),Home:t=>t.seek(0),End:t=>t.seek(t.length()),
"-":t=>t.accelerate(-1),"[":t=>t.accelerate(-1),"+":t=>t.accelerate(1),"]":t=>t.accelerate(1),r:t=>t.loop(),m:t=>t.sound(),f:t=>t.full()},ot={ArrowLeft:"j",ArrowRight:"\
l"};function j(t,e,n={}){let a=t.target,o=t.key.length===1?t.key.toLowerCase():t.key;if(a.closest("select,textarea,[contenteditable]")||o===" "&&a.closest("butt\
on,summary,a,.pick")||o.startsWith("Arrow")&&a.matches("[role=region]")||a.matches("video[controls]")&&(o===" "||/^(Arrow|Home|End)/.test(o)&&a!==e.video)||k(t))
return;let c=/^\d$/.test(o)&&(()=>e.seek(e.length()*Number(o)/10)),r=et[t.shiftKey&&ot[o]||o],p=c||n[o]||r&&(()=>r(e));p&&(M(t),p())}async function nt(t,e){let n=()=>new Promise(
s=>{for(let c of["loadedmetadata","error"])t.addEventListener(c,s,{once:!0})});if(t.readyState<1&&(t.preload="auto",t.load(),await n()),t.readyState<1||z(t)||tt(
t))return;let{currentTime:a,paused:o}=t;try{await Z(t,e)}catch{return}await n(),t.currentTime=a,o||await t.play()}function N(t,e,n=()=>{},a=t){let o=null,s=()=>o??=
nt(t,e).finally(()=>{o=null});async function c(r){await s(),t.readyState>0&&(t.currentTime=K(r(),0,t.duration-_))}return{video:t,ready:s,toggle:()=>t.paused?void t.
play().catch(()=>{}):t.pause(),step(r){t.pause(),c(()=>Q(V(t.currentTime)+r))},seek:r=>{c(()=>r)},time:()=>t.currentTime,length:()=>t.duration||0,loop(){t.loop=
!t.loop,n()},accelerate(r){let p=y.indexOf(t.playbackRate);t.defaultPlaybackRate=t.playbackRate=y[K((p<0?2:p)+r,0,y.length-1)],n()},sound(){t.muted=!t.muted},full:()=>{
(document.fullscreenElement?document.exitFullscreen():a.requestFullscreen?.())?.catch(()=>{})}}}var B="M3 1.5v11l9.5-5.5z",U="M3 2h3v10H3zM8 2h3v10H8z",W="M9 2v10L4 7z",q="M5 2v10l5-5z",I="M2 2h5L2 7zM12 12H7l5-5z";var w=t=>O(t,14);function v(){let t=y.map(e=>d("option","",{value:e},`${e}×`));return d("select","",{"aria-label":"Speed"},...t)}function G({src:t}){let e=/^[^:]+:\/.*\/([^/]+)\.mp4/.exec(t)?.[1];return`This clip cannot be played: ${e?`${e}.mp4 is missing or`:"it is"} damaged.${e?` Put it\
 back beside the notebook, or %hailuo resume ${e} fetches it again, free.`:""}`}var rt={ArrowLeft:-1,ArrowRight:1};function Y(t,e,n){let[a,o]=[t.currentTime>0||!t.paused,-1],s=null,c="",r=()=>e.querySelectorAll(".hailuo-strip img"),p=()=>!a&&
e.contains(t)&&r().length>0;function m(){for(let l of r())l.removeAttribute("data-now");o=-1,s!==null&&t.getAttribute("poster")===s&&C(t,"poster",c),s=null}function x(l){
let i=[...r()];l===o||!i[l]||((s===null||t.getAttribute("poster")!==s)&&(c=t.getAttribute("poster")??""),o=l,s=i[l].src,C(t,"poster",s),i.forEach((u,b)=>{u.toggleAttribute(
"data-now",b===l)}))}function g({clientX:l}){let{left:i,width:u}=t.getBoundingClientRect();p()&&u>0&&x(Math.min(Math.max(Math.floor(r().length*(l-i)/u),0),r().length-
1))}function S(l){let i=rt[l.key];!i||k(l)||l.shiftKey||!p()||(M(l),x(o<0?i>0?0:r().length-1:o+i))}let h=(l,i)=>{for(let u of l.split(" "))t.addEventListener(u,
i,{signal:n})};h("pointermove pointerdown",g),h("pointerleave pointercancel blur",m),h("keydown",S),h("play seeking",()=>{a=!0,m()}),h("emptied",()=>{a=!1}),t.tabIndex=
0,t.style.touchAction="pan-y",n.addEventListener("abort",()=>{m(),t.removeAttribute("tabindex"),t.style.touchAction=""})}var J="--accent:var(--jp-brand-color1,var(--vscode-focusBorder,#1976d2));";var at=`.hailuo-card,.hailuo-live{${J}video{cursor:pointer}
&:focus-visible,:is(video,.hailuo-bar *):focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.hailuo-strip [data-now]{outline:2px solid var(--accent);outline-offset:-2px}
.hailuo-bar{display:flex;flex-wrap:wrap;gap:5px;align-items:center;
:is(button,select){font:inherit;font-size:12px;color:inherit;height:26px;min-width:28px;padding:0 7px;
border:1px solid #80808080;border-radius:4px;background:#80808014;cursor:pointer}
[hidden],p:empty{display:none}
p{flex:1 0 100%;margin:0;font-size:13px}
svg{display:block;width:14px;fill:currentColor}
select{padding:0}
option{color:CanvasText;background:Canvas}
input{flex:1 1 80px;min-width:60px;accent-color:var(--accent)}
button[aria-pressed=true]{box-shadow:inset 0 -2px var(--accent)}
output{font-size:12px;font-variant-numeric:tabular-nums;min-width:5ch}
a{margin-left:auto;color:inherit;font-size:12px}}
:fullscreen{display:flex;flex-direction:column;max-width:none!important;padding:8px!important;
outline:0;background:var(--jp-layout-color1,Canvas);
:is(.frame,video){flex:1;min-height:0;height:100%!important;aspect-ratio:auto!important}}}`;function X(t,e,n){let a=new AbortController,o=(f,L,T)=>{for(let E of L.
split(" "))f.addEventListener(E,T,{signal:a.signal})},s=(f,L,T,E)=>{let R=d("button","",{type:"button","aria-label":f,title:`${f} (${L})`},T);return o(R,"click",
E),R},c=n.parentElement,r=N(e,a.signal,b,c);Y(e,t,a.signal);let p=s("Play","Space","",r.toggle),m=d("input","",{type:"range",min:0,step:"any","aria-label":"Posi\
tion"}),x=d("output","",{"aria-label":"Time","aria-live":"off"}),g=v(),S=s("Loop","R","Loop",r.loop),h=s("Sound","M","♪",r.sound),l=s("Full screen","F",w(I),r.
full),i=d("p","",{role:"alert"}),u=[d("style","",{},at),i,p,s("Previous frame",",",w(W),()=>r.step(-1)),s("Next frame",".",w(q),()=>r.step(1)),m,x,g,S,h,l];function b(){
p.replaceChildren(w(e.paused?B:U)),p.ariaLabel=e.paused?"Play":"Pause",m.max=String(r.length()||1),m.value=String(e.currentTime),x.value=`${e.currentTime.toFixed(
2)} s`,g.value=String(e.playbackRate),S.ariaPressed=String(e.loop),h.ariaPressed=String(!e.muted),h.hidden=!D(e)}return o(m,"input",()=>r.seek(Number(m.value))),
o(g,"change",()=>{e.defaultPlaybackRate=e.playbackRate=Number(g.value)}),l.hidden=!document.fullscreenEnabled,o(e,"click",r.toggle),o(e,"error loadeddata",f=>{i.
textContent=f.type==="error"?G(e):""}),o(e,"timeupdate seeked play pause volumechange loadeddata durationchange",b),n.querySelector("a")||u.push(d("a","",{href:e.
src,download:"clip.mp4"},"Download MP4")),n.prepend(...u),e.controls=!1,o(c,"fullscreenchange",()=>(document.fullscreenElement?c:t).focus()),c.tabIndex=-1,t.tabIndex=
0,t.dataset.lmSuppressShortcuts="true",o(t,"keydown",f=>j(f,r)),o(e,"loadedmetadata",()=>{z(e)||r.ready()}),b(),()=>{a.abort(),e.pause(),e.controls=!0;for(let f of u)
f.remove();H(e)}}for(let t of document.querySelectorAll("figure.hailuo-card:not([data-clip])")){let[e,n]=[t.querySelector("video"),t.querySelector(".hailuo-bar")];t.dataset.clip=
"on",e&&n&&F(t,()=>X(t,e,n))}})();
