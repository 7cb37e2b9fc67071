// card/clip.js b3d3dcf4aa4fec16da8d2bb4083e2d960ec646e71807ad9ee518ae733d937fb4
"use strict";(()=>{var P="http://www.w3.org/2000/svg";function d(t,e="",n={},...a){let o=document.createElement(t);e&&(o.className=e);for(let[r,s]of Object.entries(n))s!=null&&s!==!1&&o.setAttribute(r,s===!0?"":String(
s));return o.append(...a.filter(r=>r!==null)),o}var L=(t,e,n)=>{t.getAttribute(e)!==String(n)&&t.setAttribute(e,String(n))};function z(t,e,n={}){let[a,o]=[document.createElementNS(P,"svg"),document.createElementNS(P,"path")];for(let[r,s]of Object.entries({viewBox:`0 0 ${e} ${e}`,...n}))
a.setAttribute(r,String(s));return o.setAttribute("d",t),a.append(o),a}var k=t=>t.ctrlKey||t.metaKey||t.altKey;function M(t){t.preventDefault(),t.stopPropagation()}function C(t,e){let n=e(t);new IntersectionObserver(()=>{t.isConnected?
n??=e(t):(n?.(),n=null)}).observe(t)}var E=24,g=[.25,.5,1,1.5,2],Y=.5/E,G=t=>Math.floor(t*E+.01),V=t=>(t+.5)/E,H=(t,e,n)=>Math.min(Math.max(t,e),n),T=({seekable:t})=>t.length>0&&t.end(t.length-1)>0;
function R(t){let{audioTracks:e,mozHasAudio:n,webkitAudioDecodedByteCount:a}=t;return!!(e?.length||n||a)}var A=new WeakMap;async function _(t,e){let n=t.getAttribute(
"src")??"";A.set(t,n);let o=await(await fetch(t.src,{cache:"no-store"})).blob();e.aborted||(t.src=URL.createObjectURL(o))}var J=t=>A.has(t);function $(t){let e=A.
get(t);A.delete(t),!(e===void 0||t.getAttribute("src")===e)&&(URL.revokeObjectURL(t.src),t.setAttribute("src",e))}var X={" ":t=>t.toggle(),k:t=>t.toggle(),",":t=>t.
step(-1),ArrowLeft:t=>t.step(-1),".":t=>t.step(1),ArrowRight:t=>t.step(1),j:t=>t.seek(t.time()-1),l:t=>t.seek(t.time()+1),Home:t=>t.seek(0),End:t=>t.seek(t.length()),
"-":t=>t.accelerate(-1),"[":t=>t.accelerate(-1),"+":t=>t.accelerate(1),"]":t=>t.accelerate(1),r:t=>t.loop(),m:t=>t.sound(),f:t=>t.full()},Q={ArrowLeft:"j",ArrowRight:"\
l"};function D(t,e,n={}){let a=t.target,o=t.key.length===1?t.key.toLowerCase():t.key;if(a.closest("select,textarea,[contenteditable]")||o===" "&&a.closest("butt\
on,summary,a,.pick")||o.startsWith("Arrow")&&a.matches("[role=region]")||/^( |Arrow|Home|End)/.test(o)&&a.matches("video:is([controls],:fullscreen)")||k(t))return;
let s=/^\d$/.test(o)&&(()=>e.seek(e.length()*Number(o)/10)),c=X[t.shiftKey&&Q[o]||o],h=s||n[o]||c&&(()=>c(e));h&&(M(t),h())}async function Z(t,e){let n=()=>new Promise(
r=>{for(let s of["loadedmetadata","error"])t.addEventListener(s,r,{once:!0})});if(t.readyState<1&&(t.preload="auto",t.load(),await n()),t.readyState<1||T(t)||J(
t))return;let{currentTime:a,paused:o}=t;try{await _(t,e)}catch{return}await n(),t.currentTime=a,o||await t.play()}function F(t,e,n=()=>{}){let a=null,o=()=>a??=
Z(t,e).finally(()=>{a=null});async function r(s){await o(),t.readyState>0&&(t.currentTime=H(s(),0,t.duration-Y))}return{ready:o,toggle:()=>t.paused?void t.play().
catch(()=>{}):t.pause(),step(s){t.pause(),r(()=>V(G(t.currentTime)+s))},seek:s=>{r(()=>s)},time:()=>t.currentTime,length:()=>t.duration||0,loop(){t.loop=!t.loop,
n()},accelerate(s){let c=g.indexOf(t.playbackRate);t.defaultPlaybackRate=t.playbackRate=g[H((c<0?2:c)+s,0,g.length-1)],n()},sound(){t.muted=!t.muted},full:()=>{
(document.fullscreenElement?document.exitFullscreen():t.requestFullscreen?.())?.catch(()=>{})}}}var K="M3 1.5v11l9.5-5.5z",O="M3 2h3v10H3zM8 2h3v10H8z";var j=t=>z(t,14);function B({src:t}){let e=/^[^:]+:\/.*\/([^/]+)\.mp4/.exec(t)?.[1];return`This clip cannot be played: ${e?`${e}.mp4 is missing or`:"it is"} damaged.${e?` Put it\
 back beside the notebook, or %hailuo resume ${e} fetches it again, free.`:""}`}var v={ArrowLeft:-1,ArrowRight:1};function W(t,e,n){let[a,o]=[t.currentTime>0||!t.paused,-1],r=null,s="",c=()=>e.querySelectorAll(".hailuo-strip img"),h=()=>!a&&
e.contains(t)&&c().length>0;function m(){for(let l of c())l.removeAttribute("data-now");o=-1,r!==null&&t.getAttribute("poster")===r&&L(t,"poster",s),r=null}function x(l){
let i=[...c()];l===o||!i[l]||((r===null||t.getAttribute("poster")!==r)&&(s=t.getAttribute("poster")??""),o=l,r=i[l].src,L(t,"poster",r),i.forEach((u,w)=>{u.toggleAttribute(
"data-now",w===l)}))}function S({clientX:l}){let{left:i,width:u}=t.getBoundingClientRect();h()&&u>0&&x(Math.min(Math.max(Math.floor(c().length*(l-i)/u),0),c().length-
1))}function y(l){let i=v[l.key];!i||k(l)||l.shiftKey||!h()||(M(l),x(o<0?i>0?0:c().length-1:o+i))}let p=(l,i)=>{for(let u of l.split(" "))t.addEventListener(u,i,
{signal:n})};p("pointermove pointerdown",S),p("pointerleave pointercancel blur",m),p("keydown",y),p("play seeking",()=>{a=!0,m()}),p("emptied",()=>{a=!1}),t.tabIndex=
0,t.style.touchAction="pan-y",n.addEventListener("abort",()=>{m(),t.removeAttribute("tabindex"),t.style.touchAction=""})}var tt=`.hailuo-card,.hailuo-live{--c:var(--jp-brand-color1,Highlight);video{cursor:pointer}
&:focus-visible,:is(video,.hailuo-bar *):focus-visible{outline:2px solid var(--c);outline-offset:1px}
.hailuo-strip [data-now]{outline:2px solid var(--c);outline-offset:-2px}
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
a{margin-left:auto;color:inherit;font-size:12px}}}`,b=(t,e,n)=>d("button","",{type:"button","aria-label":t,title:`${t} (${e})`},n);function N(t,e,n){let a=new AbortController,
o=(f,U,q)=>{for(let I of U.split(" "))f.addEventListener(I,q,{signal:a.signal})},r=F(e,a.signal,w);W(e,t,a.signal);let s=b("Play","Space",""),c=d("input","",{type:"\
range",min:0,step:"any","aria-label":"Position"}),h=d("output","",{"aria-label":"Time","aria-live":"off"}),m=d("select","",{"aria-label":"Speed"},...g.map(f=>d(
"option","",{value:f},`${f}×`))),[x,S]=[b("Previous frame",",","◂"),b("Next frame",".","▸")],[y,p,l]=[b("Loop","R","Loop"),b("Sound","M","♪"),b("Full scr\
een","F","⛶")],i=d("p","",{role:"alert"}),u=[d("style","",{},tt),i,s,x,S,c,h,m,y,p,l];function w(){s.replaceChildren(j(e.paused?K:O)),s.ariaLabel=e.paused?"Pl\
ay":"Pause",c.max=String(r.length()||1),c.value=String(e.currentTime),h.value=`${e.currentTime.toFixed(2)} s`,m.value=String(e.playbackRate),y.ariaPressed=String(
e.loop),p.ariaPressed=String(!e.muted),p.hidden=!R(e)}return o(s,"click",r.toggle),o(x,"click",()=>r.step(-1)),o(S,"click",()=>r.step(1)),o(c,"input",()=>r.seek(
Number(c.value))),o(m,"change",()=>{e.defaultPlaybackRate=e.playbackRate=Number(m.value)}),o(y,"click",r.loop),o(p,"click",r.sound),o(l,"click",r.full),l.hidden=
!document.fullscreenEnabled,o(e,"click",()=>document.fullscreenElement===e||r.toggle()),o(e,"error loadeddata",f=>{i.textContent=f.type==="error"?B(e):""}),o(e,
"timeupdate seeked play pause volumechange loadeddata durationchange",w),n.querySelector("a")||u.push(d("a","",{href:e.src,download:"clip.mp4"},"Download MP4")),
n.prepend(...u),e.controls=!1,t.tabIndex=0,t.dataset.lmSuppressShortcuts="true",o(t,"keydown",f=>D(f,r)),o(e,"loadedmetadata",()=>{T(e)||r.ready()}),w(),()=>{a.
abort(),e.pause(),e.controls=!0;for(let f of u)f.remove();$(e)}}for(let t of document.querySelectorAll("figure.hailuo-card:not([data-clip])")){let[e,n]=[t.querySelector("video"),t.querySelector(".hailuo-bar")];t.dataset.clip=
"on",e&&n&&C(t,()=>N(t,e,n))}})();
