// card/clip.js 6e73e934b0121065aefe221ea221f794ed80f29e47922e24c175ea64f233b150
"use strict";(()=>{var P="http://www.w3.org/2000/svg";function u(t,e="",n={},...a){let o=document.createElement(t);e&&(o.className=e);for(let[s,r]of Object.entries(n))r!=null&&r!==!1&&o.setAttribute(s,r===!0?"":String(
r));return o.append(...a.filter(s=>s!==null)),o}var E=(t,e,n)=>{t.getAttribute(e)!==String(n)&&t.setAttribute(e,String(n))};function z(t,e,n={}){let[a,o]=[document.createElementNS(P,"svg"),document.createElementNS(P,"path")];for(let[s,r]of Object.entries({viewBox:`0 0 ${e} ${e}`,...n}))
a.setAttribute(s,String(r));return o.setAttribute("d",t),a.append(o),a}var S=t=>t.ctrlKey||t.metaKey||t.altKey;function M(t){t.preventDefault(),t.stopPropagation()}function R(t,e){let n=e(t);new IntersectionObserver(()=>{t.isConnected?
n??=e(t):(n?.(),n=null)}).observe(t)}var L=24,y=[.25,.5,1,1.5,2],J=.5/L,V=t=>Math.floor(t*L+.01),_=t=>(t+.5)/L,H=(t,e,n)=>Math.min(Math.max(t,e),n),C=({seekable:t})=>t.length>0&&t.end(t.length-1)>0;
function $(t){let{audioTracks:e,mozHasAudio:n,webkitAudioDecodedByteCount:a}=t;return!!(e?.length||n||a)}var A=new WeakMap;async function X(t,e){let n=t.getAttribute(
"src")??"";A.set(t,n);let o=await(await fetch(t.src,{cache:"no-store"})).blob();e.aborted||(t.src=URL.createObjectURL(o))}var Q=t=>A.has(t);function O(t){let e=A.
get(t);A.delete(t),!(e===void 0||t.getAttribute("src")===e)&&(URL.revokeObjectURL(t.src),t.setAttribute("src",e))}var Z={" ":t=>t.toggle(),k:t=>t.toggle(),",":t=>t.
step(-1),ArrowLeft:t=>t.step(-1),".":t=>t.step(1),ArrowRight:t=>t.step(1),j:t=>t.seek(t.time()-1),l:t=>t.seek(t.time()+1),Home:t=>t.seek(0),End:t=>t.seek(t.length()),
"-":t=>t.accelerate(-1),"[":t=>t.accelerate(-1),"+":t=>t.accelerate(1),"]":t=>t.accelerate(1),r:t=>t.loop(),m:t=>t.sound(),f:t=>t.full()},tt={ArrowLeft:"j",ArrowRight:"\
l"};function D(t,e,n={}){let a=t.target,o=t.key.length===1?t.key.toLowerCase():t.key;if(a.closest("select,textarea,[contenteditable]")||o===" "&&a.closest("butt\
on,summary,a,.pick")||o.startsWith("Arrow")&&a.matches("[role=region]")||a.matches("video[controls]")&&(o===" "||/^(Arrow|Home|End)/.test(o)&&a!==e.video)||S(t))
return;let r=/^\d$/.test(o)&&(()=>e.seek(e.length()*Number(o)/10)),c=Z[t.shiftKey&&tt[o]||o],p=r||n[o]||c&&(()=>c(e));p&&(M(t),p())}async function et(t,e){let n=()=>new Promise(
s=>{for(let r of["loadedmetadata","error"])t.addEventListener(r,s,{once:!0})});if(t.readyState<1&&(t.preload="auto",t.load(),await n()),t.readyState<1||C(t)||Q(
t))return;let{currentTime:a,paused:o}=t;try{await X(t,e)}catch{return}await n(),t.currentTime=a,o||await t.play()}function j(t,e,n=()=>{},a=t){let o=null,s=()=>o??=
et(t,e).finally(()=>{o=null});async function r(c){await s(),t.readyState>0&&(t.currentTime=H(c(),0,t.duration-J))}return{video:t,ready:s,toggle:()=>t.paused?void t.
play().catch(()=>{}):t.pause(),step(c){t.pause(),r(()=>_(V(t.currentTime)+c))},seek:c=>{r(()=>c)},time:()=>t.currentTime,length:()=>t.duration||0,loop(){t.loop=
!t.loop,n()},accelerate(c){let p=y.indexOf(t.playbackRate);t.defaultPlaybackRate=t.playbackRate=y[H((p<0?2:p)+c,0,y.length-1)],n()},sound(){t.muted=!t.muted},full:()=>{
(document.fullscreenElement?document.exitFullscreen():a.requestFullscreen?.())?.catch(()=>{})}}}var F="M3 1.5v11l9.5-5.5z",K="M3 2h3v10H3zM8 2h3v10H8z";var v=t=>z(t,14);function N(){let t=y.map(e=>u("option","",{value:e},`${e}×`));return u("select","",{"aria-label":"Speed"},...t)}function B({src:t}){let e=/^[^:]+:\/.*\/([^/]+)\.mp4/.exec(t)?.[1];return`This clip cannot be played: ${e?`${e}.mp4 is missing or`:"it is"} damaged.${e?` Put it\
 back beside the notebook, or %hailuo resume ${e} fetches it again, free.`:""}`}var ot={ArrowLeft:-1,ArrowRight:1};function W(t,e,n){let[a,o]=[t.currentTime>0||!t.paused,-1],s=null,r="",c=()=>e.querySelectorAll(".hailuo-strip img"),p=()=>!a&&
e.contains(t)&&c().length>0;function g(){for(let l of c())l.removeAttribute("data-now");o=-1,s!==null&&t.getAttribute("poster")===s&&E(t,"poster",r),s=null}function m(l){
let i=[...c()];l===o||!i[l]||((s===null||t.getAttribute("poster")!==s)&&(r=t.getAttribute("poster")??""),o=l,s=i[l].src,E(t,"poster",s),i.forEach((d,b)=>{d.toggleAttribute(
"data-now",b===l)}))}function w({clientX:l}){let{left:i,width:d}=t.getBoundingClientRect();p()&&d>0&&m(Math.min(Math.max(Math.floor(c().length*(l-i)/d),0),c().length-
1))}function k(l){let i=ot[l.key];!i||S(l)||l.shiftKey||!p()||(M(l),m(o<0?i>0?0:c().length-1:o+i))}let f=(l,i)=>{for(let d of l.split(" "))t.addEventListener(d,
i,{signal:n})};f("pointermove pointerdown",w),f("pointerleave pointercancel blur",g),f("keydown",k),f("play seeking",()=>{a=!0,g()}),f("emptied",()=>{a=!1}),t.tabIndex=
0,t.style.touchAction="pan-y",n.addEventListener("abort",()=>{g(),t.removeAttribute("tabindex"),t.style.touchAction=""})}var U="--accent:var(--jp-brand-color1,var(--vscode-focusBorder,#1976d2));";var nt=`.hailuo-card,.hailuo-live{${U}video{cursor:pointer}
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
:is(.frame,video){flex:1;min-height:0;height:100%!important;aspect-ratio:auto!important}}}`,x=(t,e,n)=>u("button","",{type:"button","aria-label":t,title:`${t} (${e}\
)`},n);function q(t,e,n){let a=new AbortController,o=(h,I,G)=>{for(let Y of I.split(" "))h.addEventListener(Y,G,{signal:a.signal})},s=n.parentElement,r=j(e,a.signal,
T,s);W(e,t,a.signal);let c=x("Play","Space",""),p=u("input","",{type:"range",min:0,step:"any","aria-label":"Position"}),g=u("output","",{"aria-label":"Time","ar\
ia-live":"off"}),m=N(),[w,k]=[x("Previous frame",",","◂"),x("Next frame",".","▸")],[f,l,i]=[x("Loop","R","Loop"),x("Sound","M","♪"),x("Full screen","F","⛶")],
d=u("p","",{role:"alert"}),b=[u("style","",{},nt),d,c,w,k,p,g,m,f,l,i];function T(){c.replaceChildren(v(e.paused?F:K)),c.ariaLabel=e.paused?"Play":"Pause",p.max=
String(r.length()||1),p.value=String(e.currentTime),g.value=`${e.currentTime.toFixed(2)} s`,m.value=String(e.playbackRate),f.ariaPressed=String(e.loop),l.ariaPressed=
String(!e.muted),l.hidden=!$(e)}return o(c,"click",r.toggle),o(w,"click",()=>r.step(-1)),o(k,"click",()=>r.step(1)),o(p,"input",()=>r.seek(Number(p.value))),o(m,
"change",()=>{e.defaultPlaybackRate=e.playbackRate=Number(m.value)}),o(f,"click",r.loop),o(l,"click",r.sound),o(i,"click",r.full),i.hidden=!document.fullscreenEnabled,
o(e,"click",r.toggle),o(e,"error loadeddata",h=>{d.textContent=h.type==="error"?B(e):""}),o(e,"timeupdate seeked play pause volumechange loadeddata durationchan\
ge",T),n.querySelector("a")||b.push(u("a","",{href:e.src,download:"clip.mp4"},"Download MP4")),n.prepend(...b),e.controls=!1,o(s,"fullscreenchange",()=>(document.
fullscreenElement?s:t).focus()),s.tabIndex=-1,t.tabIndex=0,t.dataset.lmSuppressShortcuts="true",o(t,"keydown",h=>D(h,r)),o(e,"loadedmetadata",()=>{C(e)||r.ready()}),
T(),()=>{a.abort(),e.pause(),e.controls=!0;for(let h of b)h.remove();O(e)}}for(let t of document.querySelectorAll("figure.hailuo-card:not([data-clip])")){let[e,n]=[t.querySelector("video"),t.querySelector(".hailuo-bar")];t.dataset.clip=
"on",e&&n&&R(t,()=>q(t,e,n))}})();
