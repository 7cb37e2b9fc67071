// card/clip.js fa0879d80c77eb47f9785b04d0911ee1ffb45d44d0741ba2741b9fa9d09e57e2
"use strict";(()=>{var P="http://www.w3.org/2000/svg";function f(t,e="",n={},...a){let o=document.createElement(t);e&&(o.className=e);for(let[s,r]of Object.entries(n))r!=null&&r!==!1&&o.setAttribute(s,r===!0?"":String(
r));return o.append(...a.filter(s=>s!==null)),o}var T=(t,e,n)=>{t.getAttribute(e)!==String(n)&&t.setAttribute(e,String(n))};function z(t,e,n={}){let[a,o]=[document.createElementNS(P,"svg"),document.createElementNS(P,"path")];for(let[s,r]of Object.entries({viewBox:`0 0 ${e} ${e}`,...n}))
a.setAttribute(s,String(r));return o.setAttribute("d",t),a.append(o),a}var S=t=>t.ctrlKey||t.metaKey||t.altKey;function M(t){t.preventDefault(),t.stopPropagation()}function R(t,e){let n=e(t);new IntersectionObserver(()=>{t.isConnected?
n??=e(t):(n?.(),n=null)}).observe(t)}var L=24,x=[.25,.5,1,1.5,2],Y=.5/L,J=t=>Math.floor(t*L+.01),V=t=>(t+.5)/L,$=(t,e,n)=>Math.min(Math.max(t,e),n),C=({seekable:t})=>t.length>0&&t.end(t.length-1)>0;
function H(t){let{audioTracks:e,mozHasAudio:n,webkitAudioDecodedByteCount:a}=t;return!!(e?.length||n||a)}var A=new WeakMap;async function _(t,e){let n=t.getAttribute(
"src")??"";A.set(t,n);let o=await(await fetch(t.src,{cache:"no-store"})).blob();e.aborted||(t.src=URL.createObjectURL(o))}var X=t=>A.has(t);function D(t){let e=A.
get(t);A.delete(t),!(e===void 0||t.getAttribute("src")===e)&&(URL.revokeObjectURL(t.src),t.setAttribute("src",e))}var Q={" ":t=>t.toggle(),k:t=>t.toggle(),",":t=>t.
step(-1),ArrowLeft:t=>t.step(-1),".":t=>t.step(1),ArrowRight:t=>t.step(1),j:t=>t.seek(t.time()-1),l:t=>t.seek(t.time()+1),Home:t=>t.seek(0),End:t=>t.seek(t.length()),
"-":t=>t.accelerate(-1),"[":t=>t.accelerate(-1),"+":t=>t.accelerate(1),"]":t=>t.accelerate(1),r:t=>t.loop(),m:t=>t.sound(),f:t=>t.full()},Z={ArrowLeft:"j",ArrowRight:"\
l"};function O(t,e,n={}){let a=t.target,o=t.key.length===1?t.key.toLowerCase():t.key;if(a.closest("select,textarea,[contenteditable]")||o===" "&&a.closest("butt\
on,summary,a,.pick")||o.startsWith("Arrow")&&a.matches("[role=region]")||a.matches("video[controls]")&&(o===" "||/^(Arrow|Home|End)/.test(o)&&a!==e.video)||S(t))
return;let r=/^\d$/.test(o)&&(()=>e.seek(e.length()*Number(o)/10)),l=Q[t.shiftKey&&Z[o]||o],p=r||n[o]||l&&(()=>l(e));p&&(M(t),p())}async function tt(t,e){let n=()=>new Promise(
s=>{for(let r of["loadedmetadata","error"])t.addEventListener(r,s,{once:!0})});if(t.readyState<1&&(t.preload="auto",t.load(),await n()),t.readyState<1||C(t)||X(
t))return;let{currentTime:a,paused:o}=t;try{await _(t,e)}catch{return}await n(),t.currentTime=a,o||await t.play()}function F(t,e,n=()=>{},a=t){let o=null,s=()=>o??=
tt(t,e).finally(()=>{o=null});async function r(l){await s(),t.readyState>0&&(t.currentTime=$(l(),0,t.duration-Y))}return{video:t,ready:s,toggle:()=>t.paused?void t.
play().catch(()=>{}):t.pause(),step(l){t.pause(),r(()=>V(J(t.currentTime)+l))},seek:l=>{r(()=>l)},time:()=>t.currentTime,length:()=>t.duration||0,loop(){t.loop=
!t.loop,n()},accelerate(l){let p=x.indexOf(t.playbackRate);t.defaultPlaybackRate=t.playbackRate=x[$((p<0?2:p)+l,0,x.length-1)],n()},sound(){t.muted=!t.muted},full:()=>{
(document.fullscreenElement?document.exitFullscreen():a.requestFullscreen?.())?.catch(()=>{})}}}var K="M3 1.5v11l9.5-5.5z",j="M3 2h3v10H3zM8 2h3v10H8z";var v=t=>z(t,14);function N({src:t}){let e=/^[^:]+:\/.*\/([^/]+)\.mp4/.exec(t)?.[1];return`This clip cannot be played: ${e?`${e}.mp4 is missing or`:"it is"} damaged.${e?` Put it\
 back beside the notebook, or %hailuo resume ${e} fetches it again, free.`:""}`}var et={ArrowLeft:-1,ArrowRight:1};function B(t,e,n){let[a,o]=[t.currentTime>0||!t.paused,-1],s=null,r="",l=()=>e.querySelectorAll(".hailuo-strip img"),p=()=>!a&&
e.contains(t)&&l().length>0;function g(){for(let c of l())c.removeAttribute("data-now");o=-1,s!==null&&t.getAttribute("poster")===s&&T(t,"poster",r),s=null}function h(c){
let i=[...l()];c===o||!i[c]||((s===null||t.getAttribute("poster")!==s)&&(r=t.getAttribute("poster")??""),o=c,s=i[c].src,T(t,"poster",s),i.forEach((m,y)=>{m.toggleAttribute(
"data-now",y===c)}))}function w({clientX:c}){let{left:i,width:m}=t.getBoundingClientRect();p()&&m>0&&h(Math.min(Math.max(Math.floor(l().length*(c-i)/m),0),l().length-
1))}function k(c){let i=et[c.key];!i||S(c)||c.shiftKey||!p()||(M(c),h(o<0?i>0?0:l().length-1:o+i))}let d=(c,i)=>{for(let m of c.split(" "))t.addEventListener(m,
i,{signal:n})};d("pointermove pointerdown",w),d("pointerleave pointercancel blur",g),d("keydown",k),d("play seeking",()=>{a=!0,g()}),d("emptied",()=>{a=!1}),t.tabIndex=
0,t.style.touchAction="pan-y",n.addEventListener("abort",()=>{g(),t.removeAttribute("tabindex"),t.style.touchAction=""})}var W="--accent:var(--jp-brand-color1,var(--vscode-focusBorder,#1976d2));";var ot=`.hailuo-card,.hailuo-live{${W}video{cursor:pointer}
&:focus-visible,:is(video,.hailuo-bar *):focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.hailuo-strip [data-now]{outline:2px solid var(--accent);outline-offset:-2px}
.hailuo-bar{display:flex;flex-wrap:wrap;gap:5px;align-items:center;
:is(button,select){font:inherit;font-size:12px;color:inherit;height:26px;min-width:28px;padding:0 7px;
border:1px solid #80808080;border-radius:4px;background:#80808014;cursor:pointer}
[hidden],p:empty{display:none}
p{flex:1 0 100%;margin:0;font-size:13px}
svg{display:block;width:14px;fill:currentColor}
select{width:58px;padding:0 2px}
option{color:CanvasText;background:Canvas}
input{flex:1 1 80px;min-width:60px;accent-color:var(--accent)}
button[aria-pressed=true]{box-shadow:inset 0 -2px var(--accent)}
output{font-size:12px;font-variant-numeric:tabular-nums;min-width:5ch}
a{margin-left:auto;color:inherit;font-size:12px}}
:fullscreen{display:flex;flex-direction:column;max-width:none!important;padding:8px!important;
outline:0;background:var(--jp-layout-color1,Canvas);
:is(.frame,video){flex:1;min-height:0;height:100%!important;aspect-ratio:auto!important}}}`,b=(t,e,n)=>f("button","",{type:"button","aria-label":t,title:`${t} (${e}\
)`},n);function U(t,e,n){let a=new AbortController,o=(u,q,I)=>{for(let G of q.split(" "))u.addEventListener(G,I,{signal:a.signal})},s=n.parentElement,r=F(e,a.signal,
E,s);B(e,t,a.signal);let l=b("Play","Space",""),p=f("input","",{type:"range",min:0,step:"any","aria-label":"Position"}),g=f("output","",{"aria-label":"Time","ar\
ia-live":"off"}),h=f("select","",{"aria-label":"Speed"},...x.map(u=>f("option","",{value:u},`${u}×`))),[w,k]=[b("Previous frame",",","◂"),b("Next frame",".",
"▸")],[d,c,i]=[b("Loop","R","Loop"),b("Sound","M","♪"),b("Full screen","F","⛶")],m=f("p","",{role:"alert"}),y=[f("style","",{},ot),m,l,w,k,p,g,h,d,c,i];function E(){
l.replaceChildren(v(e.paused?K:j)),l.ariaLabel=e.paused?"Play":"Pause",p.max=String(r.length()||1),p.value=String(e.currentTime),g.value=`${e.currentTime.toFixed(
2)} s`,h.value=String(e.playbackRate),d.ariaPressed=String(e.loop),c.ariaPressed=String(!e.muted),c.hidden=!H(e)}return o(l,"click",r.toggle),o(w,"click",()=>r.
step(-1)),o(k,"click",()=>r.step(1)),o(p,"input",()=>r.seek(Number(p.value))),o(h,"change",()=>{e.defaultPlaybackRate=e.playbackRate=Number(h.value)}),o(d,"clic\
k",r.loop),o(c,"click",r.sound),o(i,"click",r.full),i.hidden=!document.fullscreenEnabled,o(e,"click",r.toggle),o(e,"error loadeddata",u=>{m.textContent=u.type===
"error"?N(e):""}),o(e,"timeupdate seeked play pause volumechange loadeddata durationchange",E),n.querySelector("a")||y.push(f("a","",{href:e.src,download:"clip.\
mp4"},"Download MP4")),n.prepend(...y),e.controls=!1,o(s,"fullscreenchange",()=>(document.fullscreenElement?s:t).focus()),s.tabIndex=-1,t.tabIndex=0,t.dataset.lmSuppressShortcuts=
"true",o(t,"keydown",u=>O(u,r)),o(e,"loadedmetadata",()=>{C(e)||r.ready()}),E(),()=>{a.abort(),e.pause(),e.controls=!0;for(let u of y)u.remove();D(e)}}for(let t of document.querySelectorAll("figure.hailuo-card:not([data-clip])")){let[e,n]=[t.querySelector("video"),t.querySelector(".hailuo-bar")];t.dataset.clip=
"on",e&&n&&R(t,()=>U(t,e,n))}})();
