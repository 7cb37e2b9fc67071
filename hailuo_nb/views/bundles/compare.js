// compare/saved.js e482a0c09b89076decfd2f2131f5f71a3d1ad458998407e074cf9fb7bc50ae13
"use strict";(()=>{var de="http://www.w3.org/2000/svg";function p(e,t="",n={},...s){let r=document.createElement(e);t&&(r.className=t);for(let[o,c]of Object.entries(n))c!=null&&c!==!1&&r.setAttribute(o,c===!0?"":String(
c));return r.append(...s.filter(o=>o!==null)),r}var te=(e,t,n)=>{e.getAttribute(t)!==String(n)&&e.setAttribute(t,String(n))},pe=e=>p("bdi","",{dir:"auto"},e);function ue(e,t,n={}){let[s,r]=[document.createElementNS(de,"svg"),document.createElementNS(de,"path")];for(let[o,c]of Object.entries({viewBox:`0 0 ${t} ${t}`,...n}))
s.setAttribute(o,String(c));return r.setAttribute("d",e),s.append(r),s}async function fe(e){try{return await navigator.clipboard.writeText(e),!0}catch{return!1}}var B=e=>e.ctrlKey||e.metaKey||e.altKey;function I(e){e.preventDefault(),e.stopPropagation()}function me(e,t){let n=t(e);new IntersectionObserver(()=>{e.isConnected?
n??=t(e):(n?.(),n=null)}).observe(e)}var be="hailuo-measures",Ue=44,We=["as asked","highest first","lowest first"],Ve=`.hailuo-compare{
.measuring{display:flex;flex-wrap:wrap;gap:4px 14px;margin:0 0 6px;font-size:12px}
.measuring select{font:inherit;color:inherit;height:26px;margin:0 0 0 4px;padding:0 2px;border:1px solid #80808080;
border-radius:4px;background:#80808014}
.measuring option{color:CanvasText;background:Canvas}
.measured{margin:4px 0 0;padding:1px 6px;border-radius:4px;font-size:12px;line-height:1.45;overflow-wrap:anywhere;
background:color-mix(in srgb,#3b82f6 var(--shade),#80808014)}
&.hailuo-grid[data-sorted]{
.hailuo-clips{display:grid;gap:16px 12px;max-width:1240px;grid-template-columns:repeat(auto-fill,minmax(min(100%,200px),1fr))}
.hailuo-clips :is(section,div:has(figure):not(figure div):not(td div,.wrapped div),table,tbody,tr){display:contents!important}
.hailuo-clips :is(.hailuo-heading,.hailuo-tabs,thead,th,td:not(:has(figure)),p.absent){display:none!important}
.hailuo-clips td{display:block;padding:0!important}}
@media print{.measuring{display:none}}}`;function he(e){let t=[...e.tBodies[0].rows];return[...e.tHead?.rows[0].cells??[]].slice(1).map((s,r)=>({key:s.dataset.key??
"",title:s.textContent??"",values:new Map(t.map(o=>{let{textContent:c,dataset:u}=o.cells[r+1],a=u.number===void 0?null:Number(u.number);return[o.dataset.label??
"",{text:c??"",number:a}]}))}))}function ge(e,t){return t.ariaLabel=e,p("label","",{},e,t)}function Je({values:e},t){let n=t?-1:1,s=r=>e.get(r)?.number??null;return[
...e.keys()].sort((r,o)=>{let[c,u]=[s(r),s(o)];return c===null||u===null?+(c===null)-+(u===null):n*(c-u)})}function Ye({title:e,values:t},n){let s=t.get(n);if(!s)
return null;let r=[...t.values()].flatMap(({number:v})=>v??[]),[o,c]=[Math.min(...r),Math.max(...r)],u=s.number===null||c<=o?0:(s.number-o)/(c-o),a=p("p",`${be}\
 measured`,{},pe(`${e} ${s.text}`));return a.style.setProperty("--shade",`${Math.round(Ue*u)}%`),a}function xe(e){let t=p("style","",{},Ve),[n,s]=[p("select"),p(
"select")],r=p("div","measuring",{},ge("On the clips",n),ge("Order",s)),o=[],c=()=>[...e.querySelectorAll("figure.hailuo-clip")].map(l=>({figure:l,label:l.dataset.
label??"",place:l.closest("td, .wrapped > *, .hailuo-clips > *")})),u=()=>e.querySelector(`details.${be} table`);function a(){let l=u(),b=l&&he(l).find(({key:h})=>h===
n.value);s.disabled=!b;let x=!!b&&s.selectedIndex>0,d=b&&x?Je(b,s.selectedIndex===1):o;for(let h of e.querySelectorAll(".measured"))h.remove();for(let{figure:h,
label:M,place:O}of c()){let L=b?Ye(b,M):null;L&&h.querySelector("figcaption")?.append(L),O.style.order=x?String(d.indexOf(M)):""}e.toggleAttribute("data-sorted",
x);let k=new Map([...l?.tBodies[0].rows??[]].map(h=>[h.dataset.label??"",h]));for(let h of d)l?.tBodies[0].append(k.get(h))}function v(){let l=u();if(r.hidden=!l,
!l)return;o=[...l.tBodies[0].rows].map(x=>x.dataset.label??"");let b=n.value;n.replaceChildren(p("option","",{value:""},"no measure"),...he(l).map(({key:x,title:d})=>p(
"option","",{value:x,selected:x===b},d))),r.isConnected||l.closest("details")?.querySelector("summary")?.after(t,r),a()}s.append(...We.map(l=>p("option","",{},l)));
for(let l of[n,s])l.addEventListener("change",a),l.addEventListener("keydown",b=>b.stopPropagation());return v(),Object.assign(()=>{n.value="",a(),t.remove(),r.
remove()},{renew:v})}function ye({src:e}){let t=/^[^:]+:\/.*\/([^/]+)\.mp4/.exec(e)?.[1];return`This clip cannot be played: ${t?`${t}.mp4 is missing or`:"it is"} damaged.${t?` Put i\
t back beside the notebook, or %hailuo resume ${t} fetches it again, free.`:""}`}var Ge={ArrowLeft:-1,ArrowRight:1};function we(e,t,n){let[s,r]=[e.currentTime>0||!e.paused,-1],o=null,c="",u=()=>t.querySelectorAll(".hailuo-strip img"),a=()=>!s&&
t.contains(e)&&u().length>0;function v(){for(let d of u())d.removeAttribute("data-now");r=-1,o!==null&&e.getAttribute("poster")===o&&te(e,"poster",c),o=null}function w(d){
let k=[...u()];d===r||!k[d]||((o===null||e.getAttribute("poster")!==o)&&(c=e.getAttribute("poster")??""),r=d,o=k[d].src,te(e,"poster",o),k.forEach((h,M)=>{h.toggleAttribute(
"data-now",M===d)}))}function l({clientX:d}){let{left:k,width:h}=e.getBoundingClientRect();a()&&h>0&&w(Math.min(Math.max(Math.floor(u().length*(d-k)/h),0),u().length-
1))}function b(d){let k=Ge[d.key];!k||B(d)||d.shiftKey||!a()||(I(d),w(r<0?k>0?0:u().length-1:r+k))}let x=(d,k)=>{for(let h of d.split(" "))e.addEventListener(h,
k,{signal:n})};x("pointermove pointerdown",l),x("pointerleave pointercancel blur",v),x("keydown",b),x("play seeking",()=>{s=!0,v()}),x("emptied",()=>{s=!1}),e.tabIndex=
0,e.style.touchAction="pan-y",n.addEventListener("abort",()=>{v(),e.removeAttribute("tabindex"),e.style.touchAction=""})}var j=24,Y=[.25,.5,1,1.5,2],U=.5/j,q=e=>Math.floor(e*j+.01),z=e=>(e+.5)/j,$=(e,t,n)=>Math.min(Math.max(e,t),n),G=({seekable:e})=>e.length>0&&e.end(e.length-1)>0;
function ve(e){let{audioTracks:t,mozHasAudio:n,webkitAudioDecodedByteCount:s}=e;return!!(t?.length||n||s)}var J=new WeakMap;async function ke(e,t){let n=e.getAttribute(
"src")??"";J.set(e,n);let r=await(await fetch(e.src,{cache:"no-store"})).blob();t.aborted||(e.src=URL.createObjectURL(r))}var Se=e=>J.has(e);function Me(e){let t=J.
get(e);J.delete(e),!(t===void 0||e.getAttribute("src")===t)&&(URL.revokeObjectURL(e.src),e.setAttribute("src",t))}var Xe={" ":e=>e.toggle(),k:e=>e.toggle(),",":e=>e.
step(-1),ArrowLeft:e=>e.step(-1),".":e=>e.step(1),ArrowRight:e=>e.step(1),j:e=>e.seek(e.time()-1),l:e=>e.seek(e.time()+1),Home:e=>e.seek(0),End:e=>e.seek(e.length()),
"-":e=>e.accelerate(-1),"[":e=>e.accelerate(-1),"+":e=>e.accelerate(1),"]":e=>e.accelerate(1),r:e=>e.loop(),m:e=>e.sound(),f:e=>e.full()},Qe={ArrowLeft:"j",ArrowRight:"\
l"};function Ae(e,t,n={}){let s=e.target,r=e.key.length===1?e.key.toLowerCase():e.key;if(s.closest("select,textarea,[contenteditable]")||r===" "&&s.closest("but\
ton,summary,a,.pick")||r.startsWith("Arrow")&&s.matches("[role=region]")||s.matches("video[controls]")&&(r===" "||/^(Arrow|Home|End)/.test(r)&&s!==t.video)||B(e))
return;let c=/^\d$/.test(r)&&(()=>t.seek(t.length()*Number(r)/10)),u=Xe[e.shiftKey&&Qe[r]||r],a=c||n[r]||u&&(()=>u(t));a&&(I(e),a())}var Ze=250,et=40,Ce=.3/j,tt=.25,nt=250,ot=1e3,at=120,X=({video:e,figure:t})=>Number.isFinite(e.duration)?e.duration:Number(t.dataset.seconds)||0,rt=e=>e.video.currentTime>
X(e)-3*U,Te=e=>e.broken||e.wanted===null&&!e.video.seeking&&e.video.readyState>=(rt(e)?2:3);function W(e,t=e.wanted){let{video:n}=e;if(e.wanted=t,t!==null&&clearTimeout(
e.sure),t!==null&&n.readyState<3&&(n.preload="auto"),t===null||n.seeking||n.readyState<1)return;if(!G(n)&&!e.stuck)return void ne(e);if(e.wanted=null,e.stuck)return;
let s=$(t,0,X(e)-U);Math.abs(n.currentTime-s)>.001&&(n.currentTime=s)}function it(e,t){let{video:n}=e,s=!e.rolling&&n.paused&&n.muted&&Te(e)&&t===q(n.currentTime)+
1&&"requestVideoFrameCallback"in n;if(e.rolling=s&&{},clearTimeout(e.sure),s||n.pause(),!s)return W(e,z(t));let r=e.rolling,o=(u=-1)=>{if(e.rolling===r){if(e.rolling=
!1,n.pause(),u!==t||q(n.currentTime)!==t)return W(e,z(t));e.sure=setTimeout(()=>{n.paused&&!e.stuck&&(n.currentTime=z(t))},at)}},c=(u,{mediaTime:a})=>{let v=Math.
round(a*j);v<t?n.requestVideoFrameCallback(c):setTimeout(o,Math.max(0,1e3*(t/j-n.currentTime)+5),v)};setTimeout(o,nt),n.requestVideoFrameCallback(c),n.playbackRate=
1,n.play().catch(()=>o())}async function ne(e){let{video:t}=e;if(!Se(t))try{await ke(t,e.end.signal)}catch{e.stuck=!0,t.dispatchEvent(new Event("canplay"))}}function Ee(e){
let t={clips:[],playing:!1,loop:!0,speed:1,dragging:!1,gathering:!1,length:a,time:v,seek:l,advance:b,play:x,pause:d,step:k,accelerate:h,ended:M},[n,s,r,o,c]=[0,
0,0,0,0],u=()=>t.clips.filter(({broken:y,video:S})=>!y&&!S.ended);function a(){return Math.max(0,...t.clips.map(y=>y.broken?0:X(y)))}function v(){return t.playing&&
!t.gathering?w():n}function w(){let y=u().filter(({video:E})=>!E.paused&&E.readyState>2),S=y.find(({video:E})=>!E.muted);if(S)return S.video.currentTime;let P=(y.
length?y:u()).map(({video:E})=>E.currentTime);return P.length?P.sort((E,C)=>E-C)[P.length-1>>1]:a()}function l(y){n=$(y,0,Math.max(0,t.length()-U)),t.gathering=
t.playing;for(let S of t.clips)S.rolling=!1,S.video.pause();for(let S of t.clips)W(S,n);b(),e()}function b(){if(!(!t.gathering||t.dragging||!t.clips.every(Te))){
t.gathering=!1,r=performance.now();for(let{video:y,broken:S}of t.clips)y.playbackRate=t.speed,S||y.play().catch(({name:P})=>P==="NotAllowedError"&&d())}}function x(){
t.playing=!0,l(n>=a()-3*U?0:n),cancelAnimationFrame(c),c=requestAnimationFrame(O)}function d(){let y=v();t.playing=!1,l(z(q(y)))}function k(y){let S=q(v())+y;if(t.
playing||y!==1||z(S)>a())return t.playing=!1,l(z(S));n=z(S);for(let P of t.clips)P.broken||it(P,S);e()}function h(y){t.speed=y;for(let{video:S}of t.clips)S.playbackRate=
y;e()}function M(){if(!(!t.playing||t.gathering||u().length)){if(t.loop)return l(0);n=a(),t.playing=!1,e()}}function O(y){t.playing&&(c=requestAnimationFrame(O),
y-s>Ze&&!t.gathering&&(s=y,L(y)),!(y-o<et)&&(o=y,e()))}function L(y){let S=w(),P=C=>!C.broken&&!C.stuck&&S<X(C)-3*U,E=({video:C})=>C.paused||C.readyState<3||Math.
abs(C.currentTime-S)>tt;if(y-r>ot&&t.clips.some(C=>P(C)&&E(C)))return l(S);for(let{video:C}of u()){let R=C.currentTime-S;Math.abs(R)>Ce?C.playbackRate=t.speed*(1-
$(1.5*R,-.1,.1)):Math.abs(R)<Ce/3&&(C.playbackRate=t.speed)}}return t}var Le=e=>()=>{let t=(c,u)=>e.style.setProperty(c,`${u}`),n=c=>t("--fit",c),s=()=>e.scrollHeight<=e.clientHeight,[r,o]=[30,100];if(t("--across",Math.ceil(Math.sqrt(
e.querySelectorAll("figure").length))),n(r),!s())return n(o);for(;o-r>.2;)n((r+o)/2),s()?r=(r+o)/2:o=(r+o)/2;n(r)};var V=(e,t)=>e.length===t.length&&e.every((n,s)=>n===t[s]);function Pe(e){let t=[0,1].map(()=>p("span","tag",{dir:"auto"})),n=p("div","divider",{role:"slider",tabindex:0,
"aria-valuemin":0,"aria-valuemax":100}),s=p("div","pair"),r=p("div","stage",{hidden:""},s,...t,n),o=[],c=50;function u(w){c=$(Math.round(w),0,100),r.style.setProperty(
"--wipe",`${c}%`),n.setAttribute("aria-valuenow",String(c)),n.setAttribute("aria-valuetext",`${c}% ${t[0].textContent}`)}function a({clientX:w,pointerId:l,type:b,
button:x}){if(b==="pointerdown"&&!x&&!n.hidden&&r.setPointerCapture(l),!r.hasPointerCapture(l))return;let{left:d,width:k}=r.getBoundingClientRect();u(100*(w-d)/
k)}for(let w of["pointerdown","pointermove"])e(r,w,a);e(n,"keydown",w=>{let l={ArrowLeft:-1,ArrowDown:-1,ArrowRight:1,ArrowUp:1,PageDown:-10,PageUp:10,Home:-100,
End:100}[w.key];!l||B(w)||(I(w),u(c+l*(w.shiftKey?10:1)))});function v(w,l){if(!(V(w,o)&&n.hidden!==l)){for(let b of o)b.home?.replaceWith(b.video);r.hidden=!w.
length,n.hidden=!l,o=w;for(let[b,x]of w.entries()){let{width:d,height:k}=x.video;b||r.style.setProperty("--ratio",String((d||16)/(k||9))),x.home=p("div","home",
{style:`aspect-ratio:${d||16}/${k||9}`}),x.video.replaceWith(x.home),s.append(x.video),t[b].textContent=`${"AB"[b]} ${x.label}`}n.setAttribute("aria-label",`Div\
ider between ${w.map(({label:b})=>b).join(" and ")}`),u(c)}}return{box:r,divider:n,show:v}}var st=-1;function Oe(e,t){let n=[],s,r=()=>n.indexOf(s);function o(a){for(let v of t.values())v!==a&&(v.video.muted=!0);a&&(a.video.muted=!1),e.value=String(r())}
function c(a){s=n[a],o(s)}function u(a){for(let l of a)l.sounds||=ve(l.video);let v=a.filter(({sounds:l,broken:b})=>l&&!b);if(V(v,n))return;n=v;let w=n.map(({label:l},b)=>p(
"option","",{value:b},`♪ ${l}`));e.replaceChildren(p("option","",{value:st},"Sound off"),...w),e.hidden=!n.length,o(n[r()])}return e.hidden=!0,{offer:u,next:()=>c(
Number(e.value)+1),pick:()=>c(Number(e.value)),changed(a){a.video.muted||a===n[r()]||(s=a,o(a))}}}var $e=`.hailuo-compare{
--accent:var(--jp-brand-color1,var(--vscode-focusBorder,Highlight));
--back:var(--jp-layout-color1,var(--vscode-editor-background,Canvas));
--ink:var(--jp-content-font-color1,var(--vscode-foreground,CanvasText));
[hidden]{display:none!important}
:focus-visible,&:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.hailuo-clip video{cursor:pointer}
.hailuo-bar{position:sticky;top:0;z-index:3;background:var(--back)}
.tools{display:flex;flex-wrap:wrap;gap:5px;align-items:center;font-size:12px}
:is(.tools,.help) :is(button,select){box-sizing:border-box;font:inherit;color:inherit;height:28px;min-width:28px;
padding:0 7px;border:1px solid #80808080;border-radius:4px;background:#80808014;cursor:pointer}
.tools button:hover{background:#80808033}
.tools button[aria-pressed=true]{box-shadow:inset 0 -2px var(--accent)}
.tools select{padding:0 2px;max-width:160px}
.tools option{color:CanvasText;background:Canvas}
.tools svg{display:block;width:14px;height:14px;fill:currentColor}
.tools output{min-width:13ch;font-variant-numeric:tabular-nums}
.tools input{flex:1 1 150px;min-width:100px;margin:0 4px}
input{accent-color:var(--accent)}
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
.help{max-width:min(440px,90vw);padding:16px;border:1px solid #80808080;border-radius:8px;color:var(--ink);background:var(--back)}
.keys{display:grid;grid-template-columns:auto 1fr;gap:5px 16px;margin:12px 0}
.keys>div{display:contents}
kbd{font:inherit;font-size:12px;margin:0 4px 0 0;padding:0 5px;border:1px solid #80808080;border-radius:4px;white-space:nowrap}
&:fullscreen{display:flex;flex-direction:column;overflow:auto;margin:0!important;border:0!important;border-radius:0!important;color:var(--ink);background:var(--\
back);
&:not(.hailuo-grid) .hailuo-clips{flex:1;min-height:0;max-width:none!important;grid-auto-rows:minmax(0,1fr)}
&:not(.hailuo-grid) figure{display:flex;flex-direction:column;min-height:0}
&:not(.hailuo-grid) figure video{flex:1;min-height:0;aspect-ratio:auto!important}
.stage{width:100%;max-width:calc((100vh - 90px)*var(--ratio));margin:auto}
.hailuo-notes,&.hailuo-grid>:is(p,details,ul),.hailuo-heading{display:none}
&.hailuo-grid :is(table,.wrapped){margin:0 auto!important;max-width:calc(var(--fit)*1%)!important}
.wrapped{grid-template-columns:repeat(var(--across),minmax(0,1fr))!important}}
@media (forced-colors:active){.tools button[aria-pressed=true]{color:HighlightText;background:Highlight;forced-color-adjust:none}}
@media print{.tools{display:none}}}`;var oe="M3 1.5v11l9.5-5.5z",ze="M3 2h3v10H3zM8 2h3v10H8z",lt={play:["Play","Space",oe],start:["To the start","Home","M2 2h2v10H2zM12 2v10L5 7z"],back:["Previous\
 frame",",","M9.5 2v10L4 7z"],next:["Next frame",".","M4.5 2v10L10 7z"],end:["To the end","End","M10 2h2v10h-2zM2 2v10l7-5z"],loop:["Loop","R"],wipe:["Wipe","W"],
difference:["Difference","D; four times as bright as it is"],frames:["Frames","S; each clip from start to end"],full:["Full screen","F","M2 2h4v2H4v2H2zM8 2h4v4\
h-2V4H8zM2 8h2v2h2v2H2zM10 8h2v4H8v-2h2z"],help:["Keys","?",""]},Re={"Space K":"play or pause","← → , .":"one frame","Shift+← Shift+→ J L":"one second",
"Home End 0…9":"to the start, the end, a tenth between","− + [ ]":"slower, faster",R:"loop",M:"sound of the next clip, and off",W:"wipe between two clips; t\
hen ← → move the divider",D:"difference of two clips, made bright",S:"frames of each clip, from start to end",X:"swap A and B",F:"full screen",Esc:"back to \
side by side"},ae=e=>ue(e,14);function He(){let e={};for(let[h,[M,O,L]]of Object.entries(lt))e[h]=p("button","",{type:"button",title:`${M} (${O})`},L?ae(L):L===
""?O:M),L!==void 0&&(e[h].ariaLabel=M);let t=p("input","",{type:"range",min:0,step:"any","aria-label":"Time of all clips"}),n=p("select","",{"aria-label":"Speed",
title:"Speed (− and +)"},...Y.map(h=>p("option","",{value:h},`${h}×`))),[s,r]=["A","B"].map(h=>p("select","",{"aria-label":`Clip ${h}`})),{play:o,start:c,back:u,
next:a,end:v,loop:w,wipe:l,difference:b,frames:x,full:d,help:k}=e;return{play:o,start:c,back:u,next:a,end:v,slider:t,time:p("output","",{"aria-live":"off"}),sound:p(
"select","",{"aria-label":"Sound",title:"Which clip is heard (M)"}),loop:w,speed:n,wipe:l,difference:b,a:s,b:r,frames:x,full:d,help:k}}var ct=4e3;function Fe(e,t){
let n=p("span","",{role:"status"}),s=p("button","",{type:"button",title:`Vote blind: copies ${e}`},"Judge");return t(s,"click",async()=>{n.textContent=await fe(
e)?"Copied: paste it into a cell.":e,setTimeout(()=>{n.textContent=""},ct)}),[s,n]}function je(e,t){let n=Object.entries(t).map(([o,c])=>p("div","",{role:"listi\
tem"},p("span","",{},...o.split(" ").map(u=>p("kbd","",{},u))),p("span","",{},c))),s=p("button","",{type:"button"},"Close"),r=p("dialog","help",{"aria-label":"K\
eys"},p("strong","",{},"Keys"),p("div","keys",{role:"list"},...n),s);return e(s,"click",()=>r.close()),e(r,"keydown",o=>{o.stopPropagation(),o.key==="?"&&r.close()}),
r}var Q=9,dt=4,pt=5e3,re=ut(Symbol.for("hailuo.kept"),()=>new Map);function ut(e,t){let n=window;return n[e]??=t(),n[e]}function qe(e,{more:t={},keys:n=Re}={}){e.
dataset.compare="on";let s=new AbortController,r=(i,f,T,{signal:g}=s)=>i.addEventListener(f,T,{signal:g}),[o,c,u,a]=[He(),Pe(r),je(r,n),Ee(_)],v=Le(e),w=p("div",
"tools",{role:"group","aria-label":"All clips together"},...Object.values(o));e.dataset.judge&&w.append(...Fe(e.dataset.judge,r));let l=new Map,b=Oe(o.sound,l),
x=new Map,d="side",k=!1,h=[],M=()=>[...l.values()].filter(({picked:i})=>i);function O(i,f){let T=i.dataset.label??"",g={figure:i,video:f,label:T,wanted:null,broken:!1,
end:new AbortController,tick:p("input","pick",{type:"checkbox","aria-label":`Compare ${T}`,title:"Compare"}),note:p("p","",{role:"alert",style:"margin:0;font-si\
ze:12px"})},m=(A,F)=>r(f,A,F,g.end);m("loadedmetadata",()=>{G(f)||ne(g),L(g,!1),_()});for(let A of["loadedmetadata","canplay","seeked"])m(A,()=>{W(g),a.advance()});
for(let A of["loadeddata","timeupdate"])m(A,_);return m("volumechange",()=>b.changed(g)),m("ended",a.ended),m("error",()=>L(g,!0)),r(g.tick,"change",()=>{x.set(
g.label,g.tick.checked),R()},g.end),we(f,i,g.end.signal),f.error&&L(g,!0),g}function L(i,f){i.broken=f,i.note.textContent=f?ye(i.video):"",f&&i.figure.append(i.
note),a.advance(),a.ended(),_()}function y(i,f){i.picked!==f&&(i.picked=f,i.video.paused||i.video.pause(),Object.assign(i.video,{controls:!1,loop:!f,muted:!0,playbackRate:f?
a.speed:1}))}function S(i){i.end.abort(),y(i,!1),i.video.controls=!0,i.tick.remove(),i.note.remove(),Me(i.video)}let P=()=>e.querySelectorAll(".hailuo-frames");
function E(i=k){k=i;for(let f of P())f.open=i;o.frames.ariaPressed=String(i),o.frames.hidden=!e.querySelector(".hailuo-strip img"),e===document.fullscreenElement&&
v()}function C(){E();let i=e.querySelectorAll("figure.hailuo-clip"),f=new Map;for(let g of i){let m=l.get(g),F=m!==void 0&&d!=="side"&&h.includes(m)?m.video:g.querySelector(
"video[src]");F&&f.set(g,m?.video===F?m:O(g,F))}let T=[...l].filter(([g,m])=>f.get(g)!==m).map(([,g])=>g);if(!(!T.length&&f.size===l.size)){T.some(g=>h.includes(
g))&&H("side"),T.forEach(S),l.clear();for(let[g,m]of f)l.set(g,m);R()}}function R(){let i=e.querySelectorAll("figure.hailuo-clip").length,f=e.matches(".hailuo-g\
rid")||i>Q,T=(i>Q?dt:Q)-M().length;for(let m of l.values())y(m,x.get(m.label)??m.picked??T-- >0);let g=M().length>=Q;for(let m of l.values()){Object.assign(m.tick,
{checked:m.picked,disabled:g&&!m.picked});let A=m.figure.querySelector("figcaption > p")??m.figure.querySelector("figcaption")??m.figure;f?m.tick.isConnected||A.
prepend(m.tick):m.tick.remove()}for(let[m,A]of[o.a,o.b].entries())A.replaceChildren(...M().map(({label:F},Ie)=>p("option","",{value:Ie},`${"AB"[m]} ${F}`))),A.value=
String($(M().indexOf(h[m]),m,M().length-1));H(M().length>1?d:"side")}function H(i){let[f,T]=[a.time(),c.divider.matches(":focus")];h=[o.a,o.b].map(({value:A})=>M()[Number(
A)]),h[0]===h[1]&&(h[1]=M().find(A=>A!==h[0])),[o.a.value,o.b.value]=h.map(A=>String(M().indexOf(A))),d=i,d==="side"?delete e.dataset.view:e.dataset.view=d,c.show(
d==="side"?[]:h,d==="wipe");let g=d==="side"?M():h,m=V(g,a.clips);for(let A of a.clips)g.includes(A)||A.video.pause();a.clips=g,!m&&(a.playing||f>0)&&a.seek(f),
T&&d!=="wipe"&&e.focus(),_()}function _(){let[i,f,T]=[a.length(),a.time(),d==="side"],g=`${f.toFixed(2)} / ${i.toFixed(2)} s`,m=a.playing?"Pause":"Play";o.time.
textContent!==g&&(o.time.textContent=g),a.dragging||Object.assign(o.slider,{max:i||1,value:f}),a.playing||(o.slider.ariaValueText=`${g}, frame ${q(f)}`),o.play.
ariaLabel!==m&&(Object.assign(o.play,{ariaLabel:m,title:`${m} (Space)`}),o.play.replaceChildren(ae(a.playing?ze:oe))),e.toggleAttribute("data-playing",a.playing&&
i>0),o.loop.ariaPressed=String(a.loop);for(let A of["wipe","difference"])o[A].ariaPressed=String(d===A);o.a.hidden=o.b.hidden=T,o.wipe.hidden=o.difference.hidden=
M().length<2,w.hidden=l.size===0,b.offer(a.clips)}let ie=i=>{M().length>1&&H(d===i?"side":i)},N={toggle:()=>a.playing?a.pause():a.play(),step:a.step,seek:a.seek,
time:a.time,length:a.length,loop:()=>{a.loop=!a.loop,_()},accelerate(i){o.speed.selectedIndex=$(o.speed.selectedIndex+i,0,Y.length-1),a.accelerate(Number(o.speed.
value))},sound:b.next,full:()=>{(document.fullscreenElement?document.exitFullscreen():e.requestFullscreen?.())?.catch(()=>{})}},_e=()=>{[o.a.value,o.b.value]=[o.
b.value,o.a.value],H(d)},D={play:N.toggle,start:()=>a.seek(0),back:()=>a.step(-1),next:()=>a.step(1),end:()=>a.seek(a.length()),loop:N.loop,wipe:()=>ie("wipe"),
difference:()=>ie("difference"),frames:()=>E(!k),full:N.full,help:()=>u.showModal()},se={d:D.difference,s:D.frames,x:_e,"?":D.help,w:()=>{D.wipe(),d==="wipe"&&c.
divider.focus()},...t};function Ne(i){a.clips.length&&Ae(i,N,d==="side"?se:{...se,Escape:()=>H("side")})}let K=e.querySelector(".hailuo-bar")??p("div","hailuo-b\
ar",{style:"margin:8px 0"}),Z=[c.box,p("style","",{},$e),w,u];K.isConnected||(e.prepend(K),Z.push(K)),K.after(c.box),K.append(...Z.slice(1,4)),Object.assign(e,{
tabIndex:0,role:"group",ariaLabel:e.ariaLabel??"Clips that play together"}),e.dataset.lmSuppressShortcuts="true",o.speed.value="1",o.full.hidden=!document.fullscreenEnabled;
for(let[i,f]of Object.entries(D))r(o[i],"click",f);r(o.sound,"change",b.pick),r(o.speed,"change",()=>N.accelerate(0));for(let i of[o.a,o.b])r(i,"change",()=>H(d));
r(o.slider,"pointerdown",({button:i})=>{a.dragging=i===0});for(let i of["pointerup","pointercancel"])r(o.slider,i,()=>{a.dragging=!1,a.advance()});r(o.slider,"i\
nput",()=>a.seek(Number(o.slider.value))),r(e,"keydown",Ne),r(e,"fullscreenchange",v),r(window,"resize",v),r(e,"click",({target:i})=>{let f=[...l.values()].find(
({video:T})=>T===i);if(!(!f||i.controls||f.picked&&d!=="side")){if(f.picked)return D.play();i.controls=!0,i.play().catch(()=>{})}}),r(K,"pointerenter",()=>{for(let{
video:i}of a.clips)i.preload="auto"});function De(i){for(let[f,T]of i.choices)x.set(f,T);R(),o.speed.value=i.speed,a.loop=i.loop,N.accelerate(0),H(M().length>1?
i.view:"side"),E(i.isOpen),a.seek(i.time_s),i.playing&&a.play()}C();let ee=re.get(e.dataset.grid??"");re.delete(e.dataset.grid??""),ee&&performance.now()-ee.at_ms<
pt&&De(ee);let le=a.clips.find(({video:i})=>i.currentTime>0);le&&a.seek(le.video.currentTime);let ce=new MutationObserver(C);ce.observe(e,{childList:!0,subtree:!0});
function Ke(){e.dataset.grid&&re.set(e.dataset.grid,{at_ms:performance.now(),time_s:a.time(),playing:a.playing,loop:a.loop,speed:o.speed.value,view:d,isOpen:k,choices:x}),
ce.disconnect(),s.abort(),a.playing=!1,delete e.dataset.playing,delete e.dataset.view,c.show([],!1);for(let i of l.values())S(i);for(let i of Z)i.remove()}function Be(i){
C(),a.seek(0),i&&a.play()}return Object.assign(Ke,{restart:Be})}for(let e of document.querySelectorAll(".hailuo-compare:not([data-compare], .hailuo-live-grid)"))me(e,t=>{let n=[qe(t),xe(t)];return()=>{for(let s of n)s()}});})();
