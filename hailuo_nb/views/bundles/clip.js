// card/clip.js 84be670d0d49bb98afb1d2620d5946a36b61c2e3d071f84ebf8d28da5ba0bc43
"use strict";(()=>{var v="http://www.w3.org/2000/svg";function i(t,e="",o={},...r){let n=document.createElement(t);e&&(n.className=e);for(let[c,s]of Object.entries(o))s!=null&&s!==!1&&n.setAttribute(c,s===!0?"":`${s}`);
return n.append(...r.filter(c=>c!==null)),n}function R(t,e){let[o,r]=["svg","path"].map(n=>document.createElementNS(v,n));return o.setAttribute("viewBox",`0 0 ${e} ${e}`),r.setAttribute("d",t),o.append(r),
o}async function P(t){try{return await navigator.clipboard.writeText(t),!0}catch{return!1}}var k=t=>t.ctrlKey||t.metaKey||t.altKey,S=(t,e)=>(o,r)=>{for(let n of o.split(" "))t.addEventListener(n,r,{signal:e})};function M(t){t.preventDefault(),t.stopPropagation()}
function F(t,e){let o=e(t);new IntersectionObserver(()=>{t.isConnected?o??=e(t):(o?.(),o=null)}).observe(t)}var Q={"Copy prompt":({prompt:t})=>t,"Copy as cell":({line:t,prompt:e})=>`${t}
${e}`,"Last frame":({task:t})=>`--image clip:${t}`,"Show in history":({task:t})=>`%hailuo history ${t}`};function j(t,e=Q){let o=i("output"),r=Object.entries(e).map(([n,c])=>{let s=i("button","",{type:"button"},n);return s.onclick=async()=>{let a=c(t);a&&(o.value=await P(
a)?"Copied.":a)},s});return i("details","hailuo-acts",{},i("summary","",{},"More"),...r,o)}var $=24,y=[.25,.5,1,1.5,2],Z=.5/$,tt=t=>Math.floor(t*$+.01),et=t=>(t+.5)/$,A=(t,e,o)=>Math.min(Math.max(t,e),o),z=({seekable:t})=>t.length>0&&t.end(t.length-1)>
0;function H(t){let{audioTracks:e,mozHasAudio:o,webkitAudioDecodedByteCount:r}=t;return!!(e?.length||o||r)}var T=new WeakMap;async function ot(t,e){T.set(t,t.getAttribute(
"src")??"");let r=await(await fetch(t.src,{cache:"no-store"})).blob();e.aborted||(t.src=URL.createObjectURL(r))}var nt=t=>T.has(t);function K(t){let e=T.get(t);
T.delete(t),!(e===void 0||t.getAttribute("src")===e)&&(URL.revokeObjectURL(t.src),t.setAttribute("src",e))}function rt({toggle:t,step:e,seek:o,time:r,length:n,loop:c,
accelerate:s,sound:a,full:f}){let[p,d,m,l]=[()=>e(-1),()=>e(1),()=>s(-1),()=>s(1)];return{" ":t,k:t,",":p,ArrowLeft:p,".":d,ArrowRight:d,j:()=>o(r()-1),l:()=>o(
r()+1),Home:()=>o(0),End:()=>o(n()),"-":m,"[":m,"+":l,"]":l,r:c,m:a,f}}var at={ArrowLeft:"j",ArrowRight:"l"};function D(t,e,o={}){let r=t.target,n=t.key.length===
1?t.key.toLowerCase():t.key;if(r.closest("select,textarea,[contenteditable]")||n===" "&&r.closest("button,summary,a,.pick")||n.startsWith("Arrow")&&r.matches("[\
role=region]")||r.matches("video[controls]")&&(n===" "||/^(Arrow|Home|End)/.test(n)&&r!==e.video)||k(t))return;let a=/^\d$/.test(n)&&(()=>e.seek(e.length()*Number(
n)/10))||o[n]||rt(e)[t.shiftKey&&at[n]||n];a&&(M(t),a())}async function st(t,e){let o=()=>new Promise(c=>{for(let s of["loadedmetadata","error"])t.addEventListener(
s,c,{once:!0})});if(t.readyState<1&&(t.preload="auto",t.load(),await o()),t.readyState<1||z(t)||nt(t))return;let{currentTime:r,paused:n}=t;try{await ot(t,e)}catch{
return}await o(),t.currentTime=r,n||await t.play()}function B(t,e,o=()=>{},r=t){let n=null,c=()=>n??=st(t,e).finally(()=>{n=null});async function s(a){await c(),
t.readyState>0&&(t.currentTime=A(a(),0,t.duration-Z))}return{video:t,ready:c,toggle:()=>t.paused?void t.play().catch(()=>{}):t.pause(),step(a){t.pause(),s(()=>et(
tt(t.currentTime)+a))},seek:a=>{s(()=>a)},time:()=>t.currentTime,length:()=>t.duration||0,loop(){t.loop=!t.loop,o()},accelerate(a){let f=y.indexOf(t.playbackRate);
t.defaultPlaybackRate=t.playbackRate=y[A((f<0?2:f)+a,0,y.length-1)],o()},sound(){t.muted=!t.muted},full:()=>{(document.fullscreenElement?document.exitFullscreen():
r.requestFullscreen?.())?.catch(()=>{})}}}var N="M3 1.5v11l9.5-5.5z",U="M3 2h3v10H3zM8 2h3v10H8z",W="M9 2v10L4 7z",q="M5 2v10l5-5z",I="M2 2h5L2 7zM12 12H7l5-5z";var g=t=>R(t,14);function G(){let t=y.map(e=>i("option","",{value:e},`${e}×`));return i("select","",{"aria-label":"Speed"},...t)}function J({src:t}){let e=/^[^:]+:\/.*\/([^/]+)\.mp4/.exec(t)?.[1];return`This clip cannot be played: ${e?`${e}.mp4 is missing or`:"it is"} damaged.${e?` Put it\
 back beside the notebook, or %hailuo resume ${e} fetches it again, free.`:""}`}var ct={ArrowLeft:-1,ArrowRight:1};function X(t,e,o,r=!1){let n=-1,[c,s]=["",""],a=S(t,o),f=()=>[...e.querySelectorAll(".hailuo-strip img")],p=()=>r||!e.contains(
t)?-1:f().length-1;function d(l){let[u,x]=[f(),t.getAttribute("poster")??""];x!==s&&(c=x),n=l,s=u[l]?.src??"",(s||c)!==x&&t.setAttribute("poster",s||c),u.forEach(
(w,b)=>{w.toggleAttribute("data-now",b===l)})}let m=l=>p()<0||d(A(l,0,p()));a("pointermove pointerdown",({clientX:l})=>{let{left:u,width:x}=t.getBoundingClientRect();
x&&m(Math.floor((p()+1)*(l-u)/x))}),a("pointerleave pointercancel blur",()=>d(-1)),a("keydown",l=>{let u=ct[l.key];!u||k(l)||l.shiftKey||p()<0||(M(l),m(n<0&&u<0?
p():n+u))}),a("play seeking",()=>{r=!0,d(-1)}),a("emptied",()=>{r=!1}),t.tabIndex=0,t.style.touchAction="pan-y",o.addEventListener("abort",()=>{d(-1),t.removeAttribute(
"tabindex"),t.style.touchAction=""})}var Y="--accent:var(--jp-brand-color1,var(--vscode-focusBorder,#1976d2));";var lt=`.hailuo-card,.hailuo-live{${Y}video{cursor:pointer}
&:focus-visible,:is(video,.hailuo-bar *):focus-visible,[data-now]{outline:2px solid var(--accent);outline-offset:1px}
[data-now]{outline-offset:-2px}
.hailuo-bar{display:flex;flex-wrap:wrap;gap:5px;align-items:center;font-size:12px;
:is(button,select){font:inherit;color:inherit;height:26px;min-width:28px;padding:0 7px;
border:1px solid #80808080;border-radius:4px;background:#80808014;cursor:pointer}
[hidden],p:empty{display:none}
p,[open]{flex:1 0 100%}
p{margin:0;font-size:13px}
svg{display:block;width:14px;fill:currentColor}
select{padding:0}
option{color:CanvasText;background:Canvas}
input{flex:1 1 80px;min-width:60px;accent-color:var(--accent)}
button[aria-pressed=true]{box-shadow:inset 0 -2px var(--accent)}
output{font-variant-numeric:tabular-nums;min-width:5ch}
a{margin-left:auto;color:inherit}}
:fullscreen{display:flex;flex-direction:column;max-width:none!important;padding:8px!important;
outline:0;background:var(--jp-layout-color1,Canvas);
:is(.frame,video){flex:1;min-height:0;height:100%!important;aspect-ratio:auto!important}}}`;function _(t,e,o){let r=new AbortController,n=(h,L,E)=>S(h,r.signal)(
L,E),c=(h,L,E,V)=>{let O=i("button","",{type:"button","aria-label":h,title:`${h} (${L})`},E);return n(O,"click",V),O},s=o.parentElement,a=B(e,r.signal,C,s);X(e,
t,r.signal,e.currentTime>0||!e.paused);let f=c("Play","Space","",a.toggle),p=i("input","",{type:"range",min:0,step:"any","aria-label":"Position"}),d=i("output",
"",{"aria-label":"Time","aria-live":"off"}),m=G(),l=c("Loop","R","Loop",a.loop),u=c("Sound","M","♪",a.sound),x=c("Full screen","F",g(I),a.full),w=i("p","",{role:"\
alert"}),b=[i("style","",{},lt),w,f,c("Previous frame",",",g(W),()=>a.step(-1)),c("Next frame",".",g(q),()=>a.step(1)),p,d,m,l,u,x];function C(){f.replaceChildren(
g(e.paused?N:U)),f.ariaLabel=e.paused?"Play":"Pause",Object.assign(p,{max:a.length()||1,value:e.currentTime}),d.value=`${e.currentTime.toFixed(2)} s`,m.value=String(
e.playbackRate),l.ariaPressed=String(e.loop),u.ariaPressed=String(!e.muted),u.hidden=!H(e)}return n(p,"input",()=>a.seek(Number(p.value))),n(m,"change",()=>{e.defaultPlaybackRate=
e.playbackRate=Number(m.value)}),x.hidden=!document.fullscreenEnabled,n(e,"click",a.toggle),n(e,"error loadeddata",h=>{w.textContent=h.type==="error"?J(e):""}),
n(e,"timeupdate seeked play pause volumechange loadeddata durationchange",C),b.push(j(t.dataset)),o.querySelector("a").href=e.src,o.prepend(...b),e.controls=!1,
n(s,"fullscreenchange",()=>(document.fullscreenElement?s:t).focus()),s.tabIndex=-1,t.tabIndex=0,t.dataset.lmSuppressShortcuts="true",n(t,"keydown",h=>D(h,a)),n(
e,"loadedmetadata",()=>{z(e)||a.ready()}),C(),()=>{r.abort(),e.pause(),e.controls=!0;for(let h of b)h.remove();K(e)}}for(let t of document.querySelectorAll("figure.hailuo-card:not([data-clip])")){let[e,o]=[t.querySelector("video"),t.querySelector(".hailuo-bar")];t.dataset.clip=
"on",e&&o&&F(t,()=>_(t,e,o))}})();
