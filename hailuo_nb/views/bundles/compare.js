// compare/saved.js a592ae9bfb099d590df3af921cdc60bb04580342600133215269bef3b375ac7e
"use strict";(()=>{var Ye="http://www.w3.org/2000/svg";function p(e,t="",o={},...s){let r=document.createElement(e);t&&(r.className=t);for(let[n,c]of Object.entries(o))c!=null&&c!==!1&&r.setAttribute(n,c===!0?"":`${c}`);
return r.append(...s.filter(n=>n!==null)),r}var pe=e=>p("bdi","",{dir:"auto"},e);function ue(e,t){let[o,s]=["svg","path"].map(r=>document.createElementNS(Ye,r));return o.setAttribute("viewBox",`0 0 ${t} ${t}`),s.setAttribute("d",e),o.append(
s),o}async function G(e){try{return await navigator.clipboard.writeText(e),!0}catch{return!1}}var B=e=>e.ctrlKey||e.metaKey||e.altKey,fe=(e,t)=>(o,s)=>{for(let r of o.split(" "))e.addEventListener(r,s,{signal:t})};function I(e){e.preventDefault(),e.stopPropagation()}
function me(e,t){let o=t(e);new IntersectionObserver(()=>{e.isConnected?o??=t(e):(o?.(),o=null)}).observe(e)}var be="hailuo-measures",Xe=44,Qe=["as asked","highest first","lowest first"],Ze=`.hailuo-compare{
.measuring{display:flex;flex-wrap:wrap;gap:4px 14px;margin:0 0 6px;font-size:12px}
.measuring select{font:inherit;color:inherit;height:26px;margin:0 0 0 4px;padding:0 2px;border:1px solid #80808080;
border-radius:4px;background:#80808014}
.measuring option{color:CanvasText;background:Canvas}
.measured{margin:4px 0 0;padding:1px 6px;border-radius:4px;font-size:12px;line-height:1.45;overflow-wrap:anywhere;
background:color-mix(in srgb,#3b82f6 var(--shade),#80808014)}
&.hailuo-grid[data-sorted]{
.arranging{display:none}
.hailuo-clips{display:grid;gap:16px 12px;margin:0 0 16px;max-width:1240px;grid-template-columns:repeat(auto-fill,minmax(min(100%,200px),1fr))}
.hailuo-clips :is(section,div:has(figure):not(figure div):not(td div,.wrapped div),table,tbody,tr){display:contents!important}
.hailuo-clips :is(.hailuo-heading,.hailuo-tabs,thead,th,td:not(:has(figure)),p.absent){display:none!important}
.hailuo-clips td{display:block;padding:0!important}}
@media print{.measuring{display:none}}}`;function he(e){let t=[...e.tBodies[0].rows];return[...e.tHead?.rows[0].cells??[]].slice(1).map((s,r)=>({key:s.dataset.key??
"",title:s.textContent??"",values:new Map(t.map(n=>{let{textContent:c,dataset:u}=n.cells[r+1],a=u.number===void 0?null:Number(u.number);return[n.dataset.label??
"",{text:c??"",number:a}]}))}))}function ge(e,t){return t.ariaLabel=e,p("label","",{},e,t)}function et({values:e},t){let o=t?-1:1,s=r=>e.get(r)?.number??null;return[
...e.keys()].sort((r,n)=>{let[c,u]=[s(r),s(n)];return c===null||u===null?+(c===null)-+(u===null):o*(c-u)})}function tt({title:e,values:t},o){let s=t.get(o);if(!s)
return null;let r=[...t.values()].flatMap(({number:y})=>y??[]),[n,c]=[Math.min(...r),Math.max(...r)],u=s.number===null||c<=n?0:(s.number-n)/(c-n),a=p("p",`${be}\
 measured`,{},pe(`${e} ${s.text}`));return a.style.setProperty("--shade",`${Math.round(Xe*u)}%`),a}function xe(e){let t=p("style","",{},Ze),[o,s]=[p("select"),p(
"select")],r=p("div","measuring",{},ge("On the clips",o),ge("Order",s)),n=[],c=()=>[...e.querySelectorAll("figure.hailuo-clip")].map(l=>({figure:l,label:l.dataset.
label??"",place:l.closest("td, .wrapped > *, .hailuo-clips > *")})),u=()=>e.querySelector(`details.${be} table`);function a(){let l=u(),d=l&&he(l).find(({key:v})=>v===
o.value);s.disabled=!d;let x=!!d&&s.selectedIndex>0,m=d&&x?et(d,s.selectedIndex===1):n;for(let v of e.querySelectorAll(".measured"))v.remove();for(let{figure:v,
label:M,place:H}of c()){let $=d?tt(d,M):null;$&&v.querySelector("figcaption")?.append($),H.style.order=x?String(m.indexOf(M)):""}e.toggleAttribute("data-sorted",
x);let C=new Map([...l?.tBodies[0].rows??[]].map(v=>[v.dataset.label??"",v]));for(let v of m)l?.tBodies[0].append(C.get(v))}function y(){let l=u();if(r.hidden=!l,
!l)return;n=[...l.tBodies[0].rows].map(x=>x.dataset.label??"");let d=o.value;o.replaceChildren(p("option","",{value:""},"no measure"),...he(l).map(({key:x,title:m})=>p(
"option","",{value:x,selected:x===d},m))),r.isConnected||l.closest("details")?.querySelector("summary")?.after(t,r),a()}s.append(...Qe.map(l=>p("option","",{},l)));
for(let l of[o,s])l.addEventListener("change",a),l.addEventListener("keydown",d=>d.stopPropagation());return y(),e.addEventListener("arranged",a),Object.assign(
()=>{e.removeEventListener("arranged",a),o.value="",a(),t.remove(),r.remove()},{renew:y})}var oe={"Copy prompt":({prompt:e})=>e,"Copy as cell":({line:e,prompt:t})=>`${e}
${t}`,"Last frame":({task:e})=>`--image clip:${e}`,"Show in history":({task:e})=>`%hailuo history ${e}`},ye=({src:e},t="clip.mp4")=>p("a","",{href:e,download:t}).
click();function we(e){let{controls:t}=e;e.onfullscreenchange=()=>{e.controls=document.fullscreenElement===e||t},e.requestFullscreen?.().catch(()=>{})}function ve(e,t=oe){
let o=p("output"),s=Object.entries(t).map(([r,n])=>{let c=p("button","",{type:"button"},r);return c.onclick=async()=>{let u=n(e);u&&(o.value=await G(u)?"Copied.":
u)},c});return p("details","hailuo-acts",{},p("summary","",{},"More"),...s,o)}function ke({src:e}){let t=/^[^:]+:\/.*\/([^/]+)\.mp4/.exec(e)?.[1];return`This clip cannot be played: ${t?`${t}.mp4 is missing or`:"it is"} damaged.${t?` Put i\
t back beside the notebook, or %hailuo resume ${t} fetches it again, free.`:""}`}var j=24,Y=[.25,.5,1,1.5,2],U=.5/j,q=e=>Math.floor(e*j+.01),P=e=>(e+.5)/j,O=(e,t,o)=>Math.min(Math.max(e,t),o),X=({seekable:e})=>e.length>0&&e.end(e.length-1)>0;
function Se(e){let{audioTracks:t,mozHasAudio:o,webkitAudioDecodedByteCount:s}=e;return!!(t?.length||o||s)}var J=new WeakMap;async function Me(e,t){J.set(e,e.getAttribute(
"src")??"");let s=await(await fetch(e.src,{cache:"no-store"})).blob();t.aborted||(e.src=URL.createObjectURL(s))}var Ae=e=>J.has(e);function Ce(e){let t=J.get(e);
J.delete(e),!(t===void 0||e.getAttribute("src")===t)&&(URL.revokeObjectURL(e.src),e.setAttribute("src",t))}function ot({toggle:e,step:t,seek:o,time:s,length:r,loop:n,
accelerate:c,sound:u,full:a}){let[y,b,l,d]=[()=>t(-1),()=>t(1),()=>c(-1),()=>c(1)];return{" ":e,k:e,",":y,ArrowLeft:y,".":b,ArrowRight:b,j:()=>o(s()-1),l:()=>o(
s()+1),Home:()=>o(0),End:()=>o(r()),"-":l,"[":l,"+":d,"]":d,r:n,m:u,f:a}}var nt={ArrowLeft:"j",ArrowRight:"l"};function Te(e,t,o={}){let s=e.target,r=e.key.length===
1?e.key.toLowerCase():e.key;if(s.closest("select,textarea,[contenteditable]")||r===" "&&s.closest("button,summary,a,.pick")||r.startsWith("Arrow")&&s.matches("[\
role=region]")||s.matches("video[controls]")&&(r===" "||/^(Arrow|Home|End)/.test(r)&&s!==t.video)||B(e))return;let u=/^\d$/.test(r)&&(()=>t.seek(t.length()*Number(
r)/10))||o[r]||ot(t)[e.shiftKey&&nt[r]||r];u&&(I(e),u())}var at={ArrowLeft:-1,ArrowRight:1};function Ee(e,t,o,s=!1){let r=-1,[n,c]=["",""],u=fe(e,o),a=()=>[...t.querySelectorAll(".hailuo-strip img")],y=()=>s||!t.contains(
e)?-1:a().length-1;function b(d){let[x,m]=[a(),e.getAttribute("poster")??""];m!==c&&(n=m),r=d,c=x[d]?.src??"",(c||n)!==m&&e.setAttribute("poster",c||n),x.forEach(
(C,v)=>{C.toggleAttribute("data-now",v===d)})}let l=d=>y()<0||b(O(d,0,y()));u("pointermove pointerdown",({clientX:d})=>{let{left:x,width:m}=e.getBoundingClientRect();
m&&l(Math.floor((y()+1)*(d-x)/m))}),u("pointerleave pointercancel blur",()=>b(-1)),u("keydown",d=>{let x=at[d.key];!x||B(d)||d.shiftKey||y()<0||(I(d),l(r<0&&x<0?
y():r+x))}),u("play seeking",()=>{s=!0,b(-1)}),u("emptied",()=>{s=!1}),e.tabIndex=0,e.style.touchAction="pan-y",o.addEventListener("abort",()=>{b(-1),e.removeAttribute(
"tabindex"),e.style.touchAction=""})}var rt=250,it=40,Le=.3/j,st=.25,lt=250,ct=1e3,dt=120,Q=({video:e,figure:t})=>Number.isFinite(e.duration)?e.duration:Number(t.dataset.seconds)||0,pt=e=>e.video.currentTime>
Q(e)-3*U,Oe=e=>e.broken||e.wanted===null&&!e.video.seeking&&e.video.readyState>=(pt(e)?2:3);function W(e,t=e.wanted){let{video:o}=e;if(e.wanted=t,t!==null&&clearTimeout(
e.sure),t!==null&&o.readyState<3&&(o.preload="auto"),t===null||o.seeking||o.readyState<1)return;if(!X(o)&&!e.stuck)return void ne(e);if(e.wanted=null,e.stuck)return;
let s=O(t,0,Q(e)-U);Math.abs(o.currentTime-s)>.001&&(o.currentTime=s)}function ut(e,t){let{video:o}=e,s=!e.rolling&&o.paused&&o.muted&&Oe(e)&&t===q(o.currentTime)+
1&&"requestVideoFrameCallback"in o;if(e.rolling=s&&{},clearTimeout(e.sure),s||o.pause(),!s)return W(e,P(t));let r=e.rolling,n=(u=-1)=>{if(e.rolling===r){if(e.rolling=
!1,o.pause(),u!==t||q(o.currentTime)!==t)return W(e,P(t));e.sure=setTimeout(()=>{o.paused&&!e.stuck&&(o.currentTime=P(t))},dt)}},c=(u,{mediaTime:a})=>{let y=Math.
round(a*j);y<t?o.requestVideoFrameCallback(c):setTimeout(n,Math.max(0,1e3*(t/j-o.currentTime)+5),y)};setTimeout(n,lt),o.requestVideoFrameCallback(c),o.playbackRate=
1,o.play().catch(()=>n())}async function ne(e){let{video:t}=e;if(!Ae(t))try{await Me(t,e.end.signal)}catch{e.stuck=!0,t.dispatchEvent(new Event("canplay"))}}function $e(e){
let t={clips:[],playing:!1,loop:!0,speed:1,dragging:!1,gathering:!1,length:a,time:y,seek:l,advance:d,play:x,pause:m,step:C,accelerate:v,ended:M},[o,s,r,n,c]=[0,
0,0,0,0],u=()=>t.clips.filter(({broken:w,video:k})=>!w&&!k.ended);function a(){return Math.max(0,...t.clips.map(w=>w.broken?0:Q(w)))}function y(){return t.playing&&
!t.gathering?b():o}function b(){let w=u().filter(({video:E})=>!E.paused&&E.readyState>2),k=w.find(({video:E})=>!E.muted);if(k)return k.video.currentTime;let L=(w.
length?w:u()).map(({video:E})=>E.currentTime);return L.length?L.sort((E,A)=>E-A)[L.length-1>>1]:a()}function l(w){o=O(w,0,Math.max(0,t.length()-U)),t.gathering=
t.playing;for(let k of t.clips)k.rolling=!1,k.video.pause();for(let k of t.clips)W(k,o);d(),e()}function d(){if(!(!t.gathering||t.dragging||!t.clips.every(Oe))){
t.gathering=!1,r=performance.now();for(let{video:w,broken:k}of t.clips)w.playbackRate=t.speed,k||w.play().catch(({name:L})=>L==="NotAllowedError"&&m())}}function x(){
t.playing=!0,l(o>=a()-3*U?0:o),cancelAnimationFrame(c),c=requestAnimationFrame(H)}function m(){let w=y();t.playing=!1,l(P(q(w)))}function C(w){let k=q(y())+w;if(t.
playing||w!==1||P(k)>a())return t.playing=!1,l(P(k));o=P(k);for(let L of t.clips)L.broken||ut(L,k);e()}function v(w){t.speed=w;for(let{video:k}of t.clips)k.playbackRate=
w;e()}function M(){if(!(!t.playing||t.gathering||u().length)){if(t.loop)return l(0);o=a(),t.playing=!1,e()}}function H(w){t.playing&&(c=requestAnimationFrame(H),
w-s>rt&&!t.gathering&&(s=w,$(w)),!(w-n<it)&&(n=w,e()))}function $(w){let k=b(),L=A=>!A.broken&&!A.stuck&&k<Q(A)-3*U,E=({video:A})=>A.paused||A.readyState<3||Math.
abs(A.currentTime-k)>st;if(w-r>ct&&t.clips.some(A=>L(A)&&E(A)))return l(k);for(let{video:A}of u()){let z=A.currentTime-k;Math.abs(z)>Le?A.playbackRate=t.speed*(1-
O(1.5*z,-.1,.1)):Math.abs(z)<Le/3&&(A.playbackRate=t.speed)}}return t}var Pe=e=>()=>{let t=(c,u)=>e.style.setProperty(c,`${u}`),o=c=>t("--fit",c),s=()=>e.scrollHeight<=e.clientHeight,[r,n]=[30,100];if(t("--across",Math.ceil(Math.sqrt(
e.querySelectorAll("figure").length))),o(r),!s())return o(n);for(;n-r>.2;)o((r+n)/2),s()?r=(r+n)/2:n=(r+n)/2;o(r)};var V=(e,t)=>e.length===t.length&&e.every((o,s)=>o===t[s]);function ze(e){let t=[0,1].map(()=>p("span","tag",{dir:"auto"})),o=p("div","divider",{role:"slider",tabindex:0,
"aria-valuemin":0,"aria-valuemax":100}),s=p("div","pair"),r=p("div","stage",{hidden:""},s,...t,o),n=[],c=50;function u(b){c=O(Math.round(b),0,100),r.style.setProperty(
"--wipe",`${c}%`),o.setAttribute("aria-valuenow",String(c)),o.setAttribute("aria-valuetext",`${c}% ${t[0].textContent}`)}function a({clientX:b,pointerId:l,type:d,
button:x}){if(d==="pointerdown"&&!x&&!o.hidden&&r.setPointerCapture(l),!r.hasPointerCapture(l))return;let{left:m,width:C}=r.getBoundingClientRect();u(100*(b-m)/
C)}for(let b of["pointerdown","pointermove"])e(r,b,a);e(o,"keydown",b=>{let l={ArrowLeft:-1,ArrowDown:-1,ArrowRight:1,ArrowUp:1,PageDown:-10,PageUp:10,Home:-100,
End:100}[b.key];!l||B(b)||(I(b),u(c+l*(b.shiftKey?10:1)))});function y(b,l){if(!(V(b,n)&&o.hidden!==l)){for(let d of n)d.home?.replaceWith(d.video);r.hidden=!b.
length,o.hidden=!l,n=b;for(let[d,x]of b.entries()){let{width:m,height:C}=x.video;d||r.style.setProperty("--ratio",String((m||16)/(C||9))),x.home=p("div","home",
{style:`aspect-ratio:${m||16}/${C||9}`}),x.video.replaceWith(x.home),s.append(x.video),t[d].textContent=`${"AB"[d]} ${x.label}`}o.setAttribute("aria-label",`Div\
ider between ${b.map(({label:d})=>d).join(" and ")}`),u(c)}}return{box:r,divider:o,show:y}}var ft=-1;function Re(e,t){let o=[],s,r=()=>o.indexOf(s);function n(a){for(let y of t.values())y!==a&&(y.video.muted=!0);a&&(a.video.muted=!1),e.value=String(r())}
function c(a){s=o[a],n(s)}function u(a){for(let l of a)l.sounds||=Se(l.video);let y=a.filter(({sounds:l,broken:d})=>l&&!d);if(V(y,o))return;o=y;let b=o.map(({label:l},d)=>p(
"option","",{value:d},`♪ ${l}`));e.replaceChildren(p("option","",{value:ft},"Sound off"),...b),e.hidden=!o.length,n(o[r()])}return e.hidden=!0,{offer:u,next:()=>c(
Number(e.value)+1),pick:()=>c(Number(e.value)),changed(a){a.video.muted||a===o[r()]||(s=a,n(a))}}}var Fe="--accent:var(--jp-brand-color1,var(--vscode-focusBorder,#1976d2));",je="--ground:var(--jp-layout-color1,var(--vscode-editor-background,Canvas));--text:v\
ar(--jp-content-font-color1,var(--vscode-foreground));";var qe=`.hailuo-compare{${Fe}${je}
[hidden]{display:none!important}
:focus-visible,&:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.hailuo-clip video{cursor:pointer}
.hailuo-bar{position:sticky;top:0;z-index:3;background:var(--ground)}
.tools{display:flex;flex-wrap:wrap;gap:5px;align-items:center;font-size:12px}
:is(.tools,.help,.hailuo-acts) :is(button,select){box-sizing:border-box;font:inherit;color:inherit;height:28px;min-width:28px;
padding:0 7px;border:1px solid #80808080;border-radius:4px;background:#80808014;cursor:pointer}
.tools button:hover{background:#80808033}
.tools button[aria-pressed=true]{box-shadow:inset 0 -2px var(--accent)}
.tools select{padding:0 2px;max-width:160px}
.tools option{color:CanvasText;background:Canvas}
.tools svg{display:block;width:14px;height:14px;fill:currentColor}
.tools output{min-width:13ch;font-variant-numeric:tabular-nums}
.tools input{flex:1 1 150px;min-width:100px;margin:0 4px}
input{accent-color:var(--accent)}
.hailuo-acts{font-size:12px}
.hailuo-acts button{margin:4px 4px 0 0}
.pick{margin:0 6px 0 0;vertical-align:-2px}
&[data-view] .hailuo-clips{display:none!important}
:is(.hailuo-frames:not([open]),.hailuo-frames>summary){display:none}
.hailuo-strip [data-now]{outline:2px solid var(--accent);outline-offset:-2px}
.home{border-radius:6px;background:#80808026}
.stage{position:relative;overflow:hidden;aspect-ratio:var(--ratio);max-width:calc(75vh*var(--ratio));
margin:0 0 12px;border-radius:6px;background:#000;touch-action:pan-y;user-select:none}
.pair{position:absolute;inset:0;isolation:isolate}
.stage video{position:absolute;inset:0;width:100%!important;height:100%!important;background:#000!important}
&[data-view=wipe] .stage{cursor:ew-resize}
&[data-view=wipe] video+video{clip-path:inset(0 0 0 var(--wipe))}
&[data-view=difference] video+video{mix-blend-mode:difference}
&[data-view=difference] .pair{filter:brightness(4)}
.tag{position:absolute;z-index:1;top:8px;left:8px;max-width:42%;padding:1px 7px;border-radius:4px;color:#fff;
background:#000000b3;font-size:12px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;pointer-events:none}
.tag+.tag{left:auto;right:8px}
.divider{position:absolute;z-index:2;inset:0 auto 0 var(--wipe);width:28px;margin-left:-14px;filter:drop-shadow(0 0 1px #000)}
.divider:focus-visible{outline:none}
.divider:focus-visible::after{outline:3px solid var(--accent)}
.divider::before{content:"";position:absolute;inset:0 13px;border-left:2px solid #fff}
.divider::after{content:"";position:absolute;top:calc(50% - 11px);left:3px;width:18px;height:18px;border:2px solid #fff;
border-radius:50%;background:#0006}
.help{max-width:min(440px,90vw);padding:16px;border:1px solid #80808080;border-radius:8px;color:var(--text,CanvasText);background:var(--ground)}
.keys{display:grid;grid-template-columns:auto 1fr;gap:5px 16px;margin:12px 0}
.keys>div{display:contents}
kbd{font:inherit;font-size:12px;margin:0 4px 0 0;padding:0 5px;border:1px solid #80808080;border-radius:4px;white-space:nowrap}
&:fullscreen{display:flex;flex-direction:column;overflow:auto;margin:0!important;border:0!important;border-radius:0!important;color:var(--text,CanvasText);backg\
round:var(--ground);
&:not(.hailuo-grid) .hailuo-clips{flex:1;min-height:0;max-width:none!important;grid-auto-rows:minmax(0,1fr)}
&:not(.hailuo-grid) figure{display:flex;flex-direction:column;min-height:0}
&:not(.hailuo-grid) figure video{flex:1;min-height:0;aspect-ratio:auto!important}
.stage{width:100%;max-width:calc((100vh - 90px)*var(--ratio));margin:auto}
.hailuo-notes,&.hailuo-grid>:is(p,details,ul),.hailuo-heading{display:none}
&.hailuo-grid :is(table,.wrapped){margin:0 auto!important;max-width:calc(var(--fit)*1%)!important}
.wrapped{grid-template-columns:repeat(var(--across),minmax(0,1fr))!important}}
@media (forced-colors:active){.tools button[aria-pressed=true]{color:HighlightText;background:Highlight;forced-color-adjust:none}}
@media print{.tools,.hailuo-acts{display:none}}}`;var ae="M3 1.5v11l9.5-5.5z",He="M3 2h3v10H3zM8 2h3v10H8z",mt="M9 2v10L4 7z",ht="M5 2v10l5-5z",gt="M2 2h5L2 7zM12 12H7l5-5z",bt={play:["Play","Space",ae],start:[
"To the start","Home","M2 2h2v10H2zM12 2v10L5 7z"],back:["Previous frame",",",mt],next:["Next frame",".",ht],end:["To the end","End","M10 2h2v10h-2zM2 2v10l7-5z"],
loop:["Loop","R"],wipe:["Wipe","W"],difference:["Difference","D; four times as bright as it is"],frames:["Frames","S; each clip from start to end"],full:["Full \
screen","F",gt],help:["Keys","?",""]},Ne={"Space K":"play or pause","← → , .":"one frame","Shift+← Shift+→ J L":"one second","Home End 0…9":"to the st\
art, the end, a tenth between","− + [ ]":"slower, faster",R:"loop",M:"sound of the next clip, and off",W:"wipe between two clips; then ← → move the divider",
D:"difference of two clips, made bright",S:"frames of each clip, from start to end",X:"swap A and B",F:"full screen",Esc:"back to side by side"},re=e=>ue(e,14);
function xt(){let e=Y.map(t=>p("option","",{value:t},`${t}×`));return p("select","",{"aria-label":"Speed"},...e)}function De(){let e={};for(let[m,[C,v,M]]of Object.
entries(bt))e[m]=p("button","",{type:"button",title:`${C} (${v})`},M?re(M):M===""?v:C),M!==void 0&&(e[m].ariaLabel=C);let[t,o]=["A","B"].map(m=>p("select","",{"\
aria-label":`Clip ${m}`})),{play:s,start:r,back:n,next:c,end:u,loop:a,wipe:y,difference:b,frames:l,full:d,help:x}=e;return{play:s,start:r,back:n,next:c,end:u,slider:p(
"input","",{type:"range",min:0,step:"any","aria-label":"Time of all clips"}),time:p("output","",{"aria-live":"off"}),sound:p("select","",{"aria-label":"Sound",title:"\
Which clip is heard (M)"}),loop:a,speed:Object.assign(xt(),{title:"Speed (− and +)"}),wipe:y,difference:b,a:t,b:o,frames:l,full:d,help:x}}var yt=4e3;function _e(e,t){
let o=p("span","",{role:"status"}),s=p("button","",{type:"button",title:`Vote blind: copies ${e}`},"Judge");return t(s,"click",async()=>{o.textContent=await G(e)?
"Copied: paste it into a cell.":e,setTimeout(()=>{o.textContent=""},yt)}),[s,o]}function Ke(e,t){let o=Object.entries(t).map(([n,c])=>p("div","",{role:"listitem"},
p("span","",{},...n.split(" ").map(u=>p("kbd","",{},u))),p("span","",{},c))),s=p("button","",{type:"button"},"Close"),r=p("dialog","help",{"aria-label":"Keys"},
p("strong","",{},"Keys"),p("div","keys",{role:"list"},...o),s);return e(s,"click",()=>r.close()),e(r,"keydown",n=>{n.stopPropagation(),n.key==="?"&&r.close()}),
r}var Z=9,wt=4,vt=5e3,ie=kt(Symbol.for("hailuo.kept"),()=>new Map);function kt(e,t){let o=window;return o[e]??=t(),o[e]}function Be(e,{more:t={},keys:o=Ne}={}){e.
dataset.compare="on";let s=new AbortController,r=(i,f,T,{signal:g}=s)=>i.addEventListener(f,T,{signal:g}),[n,c,u,a]=[De(),ze(r),Ke(r,o),$e(N)],y=Pe(e),b=p("div",
"tools",{role:"group","aria-label":"All clips together"},...Object.values(n));e.dataset.judge&&b.append(..._e(e.dataset.judge,r));let l=new Map,d=Re(n.sound,l),
x=new Map,m="side",C=!1,v=[],M=()=>[...l.values()].filter(({picked:i})=>i);function H(i,f){let T=i.dataset.label??"",g={figure:i,video:f,label:T,wanted:null,broken:!1,
end:new AbortController,tick:p("input","pick",{type:"checkbox","aria-label":`Compare ${T}`,title:"Compare"}),note:p("p","",{role:"alert",style:"margin:0;font-si\
ze:12px"}),acts:ve(i.dataset,{Download:({file:S})=>ye(f,S),...oe,"Full size":()=>we(f)})};i.dataset.task&&i.append(g.acts);let h=(S,F)=>r(f,S,F,g.end);h("loaded\
metadata",()=>{X(f)||ne(g),$(g,!1),N()});for(let S of["loadedmetadata","canplay","seeked"])h(S,()=>{W(g),a.advance()});for(let S of["loadeddata","timeupdate"])h(
S,N);return h("volumechange",()=>d.changed(g)),h("ended",a.ended),h("error",()=>$(g,!0)),r(g.tick,"change",()=>{x.set(g.label,g.tick.checked),z()},g.end),Ee(f,i,
g.end.signal,f.currentTime>0||!f.paused),f.error&&$(g,!0),g}function $(i,f){i.broken=f,i.note.textContent=f?ke(i.video):"",f&&i.figure.append(i.note),a.advance(),
a.ended(),N()}function w(i,f){i.picked!==f&&(i.picked=f,i.video.paused||i.video.pause(),Object.assign(i.video,{controls:!1,loop:!f,muted:!0,playbackRate:f?a.speed:
1}))}function k(i){i.end.abort(),w(i,!1),i.video.controls=!0,i.tick.remove(),i.note.remove(),i.acts.remove(),Ce(i.video)}let L=()=>e.querySelectorAll(".hailuo-f\
rames");function E(i=C){C=i;for(let f of L())f.open=i;n.frames.ariaPressed=String(i),n.frames.hidden=!e.querySelector(".hailuo-strip img"),e===document.fullscreenElement&&
y()}function A(){E();let i=e.querySelectorAll("figure.hailuo-clip"),f=new Map;for(let g of i){let h=l.get(g),F=h!==void 0&&m!=="side"&&v.includes(h)?h.video:g.querySelector(
"video[src]");F&&f.set(g,h?.video===F?h:H(g,F))}let T=[...l].filter(([g,h])=>f.get(g)!==h).map(([,g])=>g);if(!(!T.length&&f.size===l.size)){T.some(g=>v.includes(
g))&&R("side"),T.forEach(k),l.clear();for(let[g,h]of f)l.set(g,h);z()}}function z(){let i=e.querySelectorAll("figure.hailuo-clip").length,f=e.matches(".hailuo-g\
rid")||i>Z,T=(i>Z?wt:Z)-M().length;for(let h of l.values())w(h,x.get(h.label)??h.picked??T-- >0);let g=M().length>=Z;for(let h of l.values()){Object.assign(h.tick,
{checked:h.picked,disabled:g&&!h.picked});let S=h.figure.querySelector("figcaption > p")??h.figure.querySelector("figcaption")??h.figure;f?h.tick.isConnected||S.
prepend(h.tick):h.tick.remove()}for(let[h,S]of[n.a,n.b].entries())S.replaceChildren(...M().map(({label:F},Je)=>p("option","",{value:Je},`${"AB"[h]} ${F}`))),S.value=
String(O(M().indexOf(v[h]),h,M().length-1));R(M().length>1?m:"side")}function R(i){let[f,T]=[a.time(),c.divider.matches(":focus")];v=[n.a,n.b].map(({value:S})=>M()[Number(
S)]),v[0]===v[1]&&(v[1]=M().find(S=>S!==v[0])),[n.a.value,n.b.value]=v.map(S=>String(M().indexOf(S))),m=i,m==="side"?delete e.dataset.view:e.dataset.view=m,c.show(
m==="side"?[]:v,m==="wipe");let g=m==="side"?M():v,h=V(g,a.clips);for(let S of a.clips)g.includes(S)||S.video.pause();a.clips=g,!h&&(a.playing||f>0)&&a.seek(f),
T&&m!=="wipe"&&e.focus(),N()}function N(){let[i,f,T]=[a.length(),a.time(),m==="side"],g=`${f.toFixed(2)} / ${i.toFixed(2)} s`,h=a.playing?"Pause":"Play";n.time.
textContent!==g&&(n.time.textContent=g),a.dragging||Object.assign(n.slider,{max:i||1,value:f}),a.playing||(n.slider.ariaValueText=`${g}, frame ${q(f)}`),n.play.
ariaLabel!==h&&(Object.assign(n.play,{ariaLabel:h,title:`${h} (Space)`}),n.play.replaceChildren(re(a.playing?He:ae))),e.toggleAttribute("data-playing",a.playing&&
i>0),n.loop.ariaPressed=String(a.loop);for(let S of["wipe","difference"])n[S].ariaPressed=String(m===S);n.a.hidden=n.b.hidden=T,n.wipe.hidden=n.difference.hidden=
M().length<2,b.hidden=l.size===0,d.offer(a.clips)}let se=i=>{M().length>1&&R(m===i?"side":i)},D={toggle:()=>a.playing?a.pause():a.play(),step:a.step,seek:a.seek,
time:a.time,length:a.length,loop:()=>{a.loop=!a.loop,N()},accelerate(i){n.speed.selectedIndex=O(n.speed.selectedIndex+i,0,Y.length-1),a.accelerate(Number(n.speed.
value))},sound:d.next,full:()=>{(document.fullscreenElement?document.exitFullscreen():e.requestFullscreen?.())?.catch(()=>{})}},Ie=()=>{[n.a.value,n.b.value]=[n.
b.value,n.a.value],R(m)},_={play:D.toggle,start:()=>a.seek(0),back:()=>a.step(-1),next:()=>a.step(1),end:()=>a.seek(a.length()),loop:D.loop,wipe:()=>se("wipe"),
difference:()=>se("difference"),frames:()=>E(!C),full:D.full,help:()=>u.showModal()},le={d:_.difference,s:_.frames,x:Ie,"?":_.help,w:()=>{_.wipe(),m==="wipe"&&c.
divider.focus()},...t};function Ue(i){a.clips.length&&Te(i,D,m==="side"?le:{...le,Escape:()=>R("side")})}let K=e.querySelector(".hailuo-bar")??p("div","hailuo-b\
ar",{style:"margin:8px 0"}),ee=[c.box,p("style","",{},qe),b,u];K.isConnected||(e.prepend(K),ee.push(K)),K.after(c.box),K.append(...ee.slice(1,4)),Object.assign(
e,{tabIndex:0,role:"group",ariaLabel:e.ariaLabel??"Clips that play together"}),e.dataset.lmSuppressShortcuts="true",n.speed.value="1",n.full.hidden=!document.fullscreenEnabled;
for(let[i,f]of Object.entries(_))r(n[i],"click",f);r(n.sound,"change",d.pick),r(n.speed,"change",()=>D.accelerate(0));for(let i of[n.a,n.b])r(i,"change",()=>R(m));
r(n.slider,"pointerdown",({button:i})=>{a.dragging=i===0});for(let i of["pointerup","pointercancel"])r(n.slider,i,()=>{a.dragging=!1,a.advance()});r(n.slider,"i\
nput",()=>a.seek(Number(n.slider.value))),r(e,"keydown",Ue),r(e,"fullscreenchange",y),r(window,"resize",y),r(e,"click",({target:i})=>{let f=[...l.values()].find(
({video:T})=>T===i);if(!(!f||i.controls||f.picked&&m!=="side")){if(f.picked)return _.play();i.controls=!0,i.play().catch(()=>{})}}),r(K,"pointerenter",()=>{for(let{
video:i}of a.clips)i.preload="auto"});function We(i){for(let[f,T]of i.choices)x.set(f,T);z(),n.speed.value=i.speed,a.loop=i.loop,D.accelerate(0),R(M().length>1?
i.view:"side"),E(i.isOpen),a.seek(i.time_s),i.playing&&a.play()}A();let te=ie.get(e.dataset.grid??"");ie.delete(e.dataset.grid??""),te&&performance.now()-te.at_ms<
vt&&We(te);let ce=a.clips.find(({video:i})=>i.currentTime>0);ce&&a.seek(ce.video.currentTime);let de=new MutationObserver(A);de.observe(e,{childList:!0,subtree:!0});
function Ve(){e.dataset.grid&&ie.set(e.dataset.grid,{at_ms:performance.now(),time_s:a.time(),playing:a.playing,loop:a.loop,speed:n.speed.value,view:m,isOpen:C,choices:x}),
de.disconnect(),s.abort(),a.playing=!1,delete e.dataset.playing,delete e.dataset.view,c.show([],!1);for(let i of l.values())k(i);for(let i of ee)i.remove()}function Ge(i){
A(),a.seek(0),i&&a.play()}return Object.assign(Ve,{restart:Ge})}for(let e of document.querySelectorAll(".hailuo-compare:not([data-compare], .hailuo-live-grid)"))me(e,t=>{let o=[Be(t),xe(t)];return()=>{for(let s of o)s()}});})();
