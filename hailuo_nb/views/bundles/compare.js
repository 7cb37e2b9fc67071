// compare/saved.js 164690a85139d0c4ccf24097fe4e4e1e434a60696cefdaf020a4cdf7e21161a3
"use strict";(()=>{var de="http://www.w3.org/2000/svg";function p(e,t="",n={},...s){let a=document.createElement(e);t&&(a.className=t);for(let[o,c]of Object.entries(n))c!=null&&c!==!1&&a.setAttribute(o,c===!0?"":String(
c));return a.append(...s.filter(o=>o!==null)),a}var te=(e,t,n)=>{e.getAttribute(t)!==String(n)&&e.setAttribute(t,String(n))},pe=e=>p("bdi","",{dir:"auto"},e);function ue(e,t,n={}){let[s,a]=[document.createElementNS(de,"svg"),document.createElementNS(de,"path")];for(let[o,c]of Object.entries({viewBox:`0 0 ${t} ${t}`,...n}))
s.setAttribute(o,String(c));return a.setAttribute("d",e),s.append(a),s}async function fe(e){try{return await navigator.clipboard.writeText(e),!0}catch{return!1}}var B=e=>e.ctrlKey||e.metaKey||e.altKey;function U(e){e.preventDefault(),e.stopPropagation()}function me(e,t){let n=t(e);new IntersectionObserver(()=>{e.isConnected?
n??=t(e):(n?.(),n=null)}).observe(e)}var be="hailuo-measures",Ve=44,Ge=["as asked","highest first","lowest first"],Je=`.hailuo-compare{
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
@media print{.measuring{display:none}}}`;function he(e){let t=[...e.tBodies[0].rows];return[...e.tHead?.rows[0].cells??[]].slice(1).map((s,a)=>({key:s.dataset.key??
"",title:s.textContent??"",values:new Map(t.map(o=>{let{textContent:c,dataset:u}=o.cells[a+1],r=u.number===void 0?null:Number(u.number);return[o.dataset.label??
"",{text:c??"",number:r}]}))}))}function ge(e,t){return t.ariaLabel=e,p("label","",{},e,t)}function Ye({values:e},t){let n=t?-1:1,s=a=>e.get(a)?.number??null;return[
...e.keys()].sort((a,o)=>{let[c,u]=[s(a),s(o)];return c===null||u===null?+(c===null)-+(u===null):n*(c-u)})}function Xe({title:e,values:t},n){let s=t.get(n);if(!s)
return null;let a=[...t.values()].flatMap(({number:v})=>v??[]),[o,c]=[Math.min(...a),Math.max(...a)],u=s.number===null||c<=o?0:(s.number-o)/(c-o),r=p("p",`${be}\
 measured`,{},pe(`${e} ${s.text}`));return r.style.setProperty("--shade",`${Math.round(Ve*u)}%`),r}function xe(e){let t=p("style","",{},Je),[n,s]=[p("select"),p(
"select")],a=p("div","measuring",{},ge("On the clips",n),ge("Order",s)),o=[],c=()=>[...e.querySelectorAll("figure.hailuo-clip")].map(l=>({figure:l,label:l.dataset.
label??"",place:l.closest("td, .wrapped > *, .hailuo-clips > *")})),u=()=>e.querySelector(`details.${be} table`);function r(){let l=u(),g=l&&he(l).find(({key:b})=>b===
n.value);s.disabled=!g;let x=!!g&&s.selectedIndex>0,d=g&&x?Ye(g,s.selectedIndex===1):o;for(let b of e.querySelectorAll(".measured"))b.remove();for(let{figure:b,
label:M,place:q}of c()){let P=g?Xe(g,M):null;P&&b.querySelector("figcaption")?.append(P),q.style.order=x?String(d.indexOf(M)):""}e.toggleAttribute("data-sorted",
x);let k=new Map([...l?.tBodies[0].rows??[]].map(b=>[b.dataset.label??"",b]));for(let b of d)l?.tBodies[0].append(k.get(b))}function v(){let l=u();if(a.hidden=!l,
!l)return;o=[...l.tBodies[0].rows].map(x=>x.dataset.label??"");let g=n.value;n.replaceChildren(p("option","",{value:""},"no measure"),...he(l).map(({key:x,title:d})=>p(
"option","",{value:x,selected:x===g},d))),a.isConnected||l.closest("details")?.querySelector("summary")?.after(t,a),r()}s.append(...Ge.map(l=>p("option","",{},l)));
for(let l of[n,s])l.addEventListener("change",r),l.addEventListener("keydown",g=>g.stopPropagation());return v(),e.addEventListener("arranged",r),Object.assign(
()=>{e.removeEventListener("arranged",r),n.value="",r(),t.remove(),a.remove()},{renew:v})}function ye({src:e}){let t=/^[^:]+:\/.*\/([^/]+)\.mp4/.exec(e)?.[1];return`This clip cannot be played: ${t?`${t}.mp4 is missing or`:"it is"} damaged.${t?` Put i\
t back beside the notebook, or %hailuo resume ${t} fetches it again, free.`:""}`}var Qe={ArrowLeft:-1,ArrowRight:1};function we(e,t,n){let[s,a]=[e.currentTime>0||!e.paused,-1],o=null,c="",u=()=>t.querySelectorAll(".hailuo-strip img"),r=()=>!s&&
t.contains(e)&&u().length>0;function v(){for(let d of u())d.removeAttribute("data-now");a=-1,o!==null&&e.getAttribute("poster")===o&&te(e,"poster",c),o=null}function w(d){
let k=[...u()];d===a||!k[d]||((o===null||e.getAttribute("poster")!==o)&&(c=e.getAttribute("poster")??""),a=d,o=k[d].src,te(e,"poster",o),k.forEach((b,M)=>{b.toggleAttribute(
"data-now",M===d)}))}function l({clientX:d}){let{left:k,width:b}=e.getBoundingClientRect();r()&&b>0&&w(Math.min(Math.max(Math.floor(u().length*(d-k)/b),0),u().length-
1))}function g(d){let k=Qe[d.key];!k||B(d)||d.shiftKey||!r()||(U(d),w(a<0?k>0?0:u().length-1:a+k))}let x=(d,k)=>{for(let b of d.split(" "))e.addEventListener(b,
k,{signal:n})};x("pointermove pointerdown",l),x("pointerleave pointercancel blur",v),x("keydown",g),x("play seeking",()=>{s=!0,v()}),x("emptied",()=>{s=!1}),e.tabIndex=
0,e.style.touchAction="pan-y",n.addEventListener("abort",()=>{v(),e.removeAttribute("tabindex"),e.style.touchAction=""})}var j=24,J=[.25,.5,1,1.5,2],I=.5/j,N=e=>Math.floor(e*j+.01),$=e=>(e+.5)/j,O=(e,t,n)=>Math.min(Math.max(e,t),n),Y=({seekable:e})=>e.length>0&&e.end(e.length-1)>0;
function ve(e){let{audioTracks:t,mozHasAudio:n,webkitAudioDecodedByteCount:s}=e;return!!(t?.length||n||s)}var G=new WeakMap;async function ke(e,t){let n=e.getAttribute(
"src")??"";G.set(e,n);let a=await(await fetch(e.src,{cache:"no-store"})).blob();t.aborted||(e.src=URL.createObjectURL(a))}var Se=e=>G.has(e);function Me(e){let t=G.
get(e);G.delete(e),!(t===void 0||e.getAttribute("src")===t)&&(URL.revokeObjectURL(e.src),e.setAttribute("src",t))}var Ze={" ":e=>e.toggle(),k:e=>e.toggle(),",":e=>e.
step(-1),ArrowLeft:e=>e.step(-1),".":e=>e.step(1),ArrowRight:e=>e.step(1),j:e=>e.seek(e.time()-1),l:e=>e.seek(e.time()+1),Home:e=>e.seek(0),End:e=>e.seek(e.length()),
"-":e=>e.accelerate(-1),"[":e=>e.accelerate(-1),"+":e=>e.accelerate(1),"]":e=>e.accelerate(1),r:e=>e.loop(),m:e=>e.sound(),f:e=>e.full()},et={ArrowLeft:"j",ArrowRight:"\
l"};function Ae(e,t,n={}){let s=e.target,a=e.key.length===1?e.key.toLowerCase():e.key;if(s.closest("select,textarea,[contenteditable]")||a===" "&&s.closest("but\
ton,summary,a,.pick")||a.startsWith("Arrow")&&s.matches("[role=region]")||s.matches("video[controls]")&&(a===" "||/^(Arrow|Home|End)/.test(a)&&s!==t.video)||B(e))
return;let c=/^\d$/.test(a)&&(()=>t.seek(t.length()*Number(a)/10)),u=Ze[e.shiftKey&&et[a]||a],r=c||n[a]||u&&(()=>u(t));r&&(U(e),r())}var tt=250,nt=40,Ce=.3/j,ot=.25,rt=250,at=1e3,it=120,X=({video:e,figure:t})=>Number.isFinite(e.duration)?e.duration:Number(t.dataset.seconds)||0,st=e=>e.video.currentTime>
X(e)-3*I,Te=e=>e.broken||e.wanted===null&&!e.video.seeking&&e.video.readyState>=(st(e)?2:3);function W(e,t=e.wanted){let{video:n}=e;if(e.wanted=t,t!==null&&clearTimeout(
e.sure),t!==null&&n.readyState<3&&(n.preload="auto"),t===null||n.seeking||n.readyState<1)return;if(!Y(n)&&!e.stuck)return void ne(e);if(e.wanted=null,e.stuck)return;
let s=O(t,0,X(e)-I);Math.abs(n.currentTime-s)>.001&&(n.currentTime=s)}function lt(e,t){let{video:n}=e,s=!e.rolling&&n.paused&&n.muted&&Te(e)&&t===N(n.currentTime)+
1&&"requestVideoFrameCallback"in n;if(e.rolling=s&&{},clearTimeout(e.sure),s||n.pause(),!s)return W(e,$(t));let a=e.rolling,o=(u=-1)=>{if(e.rolling===a){if(e.rolling=
!1,n.pause(),u!==t||N(n.currentTime)!==t)return W(e,$(t));e.sure=setTimeout(()=>{n.paused&&!e.stuck&&(n.currentTime=$(t))},it)}},c=(u,{mediaTime:r})=>{let v=Math.
round(r*j);v<t?n.requestVideoFrameCallback(c):setTimeout(o,Math.max(0,1e3*(t/j-n.currentTime)+5),v)};setTimeout(o,rt),n.requestVideoFrameCallback(c),n.playbackRate=
1,n.play().catch(()=>o())}async function ne(e){let{video:t}=e;if(!Se(t))try{await ke(t,e.end.signal)}catch{e.stuck=!0,t.dispatchEvent(new Event("canplay"))}}function Ee(e){
let t={clips:[],playing:!1,loop:!0,speed:1,dragging:!1,gathering:!1,length:r,time:v,seek:l,advance:g,play:x,pause:d,step:k,accelerate:b,ended:M},[n,s,a,o,c]=[0,
0,0,0,0],u=()=>t.clips.filter(({broken:y,video:S})=>!y&&!S.ended);function r(){return Math.max(0,...t.clips.map(y=>y.broken?0:X(y)))}function v(){return t.playing&&
!t.gathering?w():n}function w(){let y=u().filter(({video:E})=>!E.paused&&E.readyState>2),S=y.find(({video:E})=>!E.muted);if(S)return S.video.currentTime;let L=(y.
length?y:u()).map(({video:E})=>E.currentTime);return L.length?L.sort((E,C)=>E-C)[L.length-1>>1]:r()}function l(y){n=O(y,0,Math.max(0,t.length()-I)),t.gathering=
t.playing;for(let S of t.clips)S.rolling=!1,S.video.pause();for(let S of t.clips)W(S,n);g(),e()}function g(){if(!(!t.gathering||t.dragging||!t.clips.every(Te))){
t.gathering=!1,a=performance.now();for(let{video:y,broken:S}of t.clips)y.playbackRate=t.speed,S||y.play().catch(({name:L})=>L==="NotAllowedError"&&d())}}function x(){
t.playing=!0,l(n>=r()-3*I?0:n),cancelAnimationFrame(c),c=requestAnimationFrame(q)}function d(){let y=v();t.playing=!1,l($(N(y)))}function k(y){let S=N(v())+y;if(t.
playing||y!==1||$(S)>r())return t.playing=!1,l($(S));n=$(S);for(let L of t.clips)L.broken||lt(L,S);e()}function b(y){t.speed=y;for(let{video:S}of t.clips)S.playbackRate=
y;e()}function M(){if(!(!t.playing||t.gathering||u().length)){if(t.loop)return l(0);n=r(),t.playing=!1,e()}}function q(y){t.playing&&(c=requestAnimationFrame(q),
y-s>tt&&!t.gathering&&(s=y,P(y)),!(y-o<nt)&&(o=y,e()))}function P(y){let S=w(),L=C=>!C.broken&&!C.stuck&&S<X(C)-3*I,E=({video:C})=>C.paused||C.readyState<3||Math.
abs(C.currentTime-S)>ot;if(y-a>at&&t.clips.some(C=>L(C)&&E(C)))return l(S);for(let{video:C}of u()){let z=C.currentTime-S;Math.abs(z)>Ce?C.playbackRate=t.speed*(1-
O(1.5*z,-.1,.1)):Math.abs(z)<Ce/3&&(C.playbackRate=t.speed)}}return t}var Le=e=>()=>{let t=(c,u)=>e.style.setProperty(c,`${u}`),n=c=>t("--fit",c),s=()=>e.scrollHeight<=e.clientHeight,[a,o]=[30,100];if(t("--across",Math.ceil(Math.sqrt(
e.querySelectorAll("figure").length))),n(a),!s())return n(o);for(;o-a>.2;)n((a+o)/2),s()?a=(a+o)/2:o=(a+o)/2;n(a)};var V=(e,t)=>e.length===t.length&&e.every((n,s)=>n===t[s]);function Oe(e){let t=[0,1].map(()=>p("span","tag",{dir:"auto"})),n=p("div","divider",{role:"slider",tabindex:0,
"aria-valuemin":0,"aria-valuemax":100}),s=p("div","pair"),a=p("div","stage",{hidden:""},s,...t,n),o=[],c=50;function u(w){c=O(Math.round(w),0,100),a.style.setProperty(
"--wipe",`${c}%`),n.setAttribute("aria-valuenow",String(c)),n.setAttribute("aria-valuetext",`${c}% ${t[0].textContent}`)}function r({clientX:w,pointerId:l,type:g,
button:x}){if(g==="pointerdown"&&!x&&!n.hidden&&a.setPointerCapture(l),!a.hasPointerCapture(l))return;let{left:d,width:k}=a.getBoundingClientRect();u(100*(w-d)/
k)}for(let w of["pointerdown","pointermove"])e(a,w,r);e(n,"keydown",w=>{let l={ArrowLeft:-1,ArrowDown:-1,ArrowRight:1,ArrowUp:1,PageDown:-10,PageUp:10,Home:-100,
End:100}[w.key];!l||B(w)||(U(w),u(c+l*(w.shiftKey?10:1)))});function v(w,l){if(!(V(w,o)&&n.hidden!==l)){for(let g of o)g.home?.replaceWith(g.video);a.hidden=!w.
length,n.hidden=!l,o=w;for(let[g,x]of w.entries()){let{width:d,height:k}=x.video;g||a.style.setProperty("--ratio",String((d||16)/(k||9))),x.home=p("div","home",
{style:`aspect-ratio:${d||16}/${k||9}`}),x.video.replaceWith(x.home),s.append(x.video),t[g].textContent=`${"AB"[g]} ${x.label}`}n.setAttribute("aria-label",`Div\
ider between ${w.map(({label:g})=>g).join(" and ")}`),u(c)}}return{box:a,divider:n,show:v}}var ct=-1;function Pe(e,t){let n=[],s,a=()=>n.indexOf(s);function o(r){for(let v of t.values())v!==r&&(v.video.muted=!0);r&&(r.video.muted=!1),e.value=String(a())}
function c(r){s=n[r],o(s)}function u(r){for(let l of r)l.sounds||=ve(l.video);let v=r.filter(({sounds:l,broken:g})=>l&&!g);if(V(v,n))return;n=v;let w=n.map(({label:l},g)=>p(
"option","",{value:g},`♪ ${l}`));e.replaceChildren(p("option","",{value:ct},"Sound off"),...w),e.hidden=!n.length,o(n[a()])}return e.hidden=!0,{offer:u,next:()=>c(
Number(e.value)+1),pick:()=>c(Number(e.value)),changed(r){r.video.muted||r===n[a()]||(s=r,o(r))}}}var $e="--accent:var(--jp-brand-color1,var(--vscode-focusBorder,#1976d2));",ze="--ground:var(--jp-layout-color1,var(--vscode-editor-background,Canvas));--text:v\
ar(--jp-content-font-color1,var(--vscode-foreground));";var Re=`.hailuo-compare{${$e}${ze}
[hidden]{display:none!important}
:focus-visible,&:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.hailuo-clip video{cursor:pointer}
.hailuo-bar{position:sticky;top:0;z-index:3;background:var(--ground)}
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
@media print{.tools{display:none}}}`;var oe="M3 1.5v11l9.5-5.5z",Fe="M3 2h3v10H3zM8 2h3v10H8z",dt="M9 2v10L4 7z",pt="M5 2v10l5-5z",ut="M2 2h5L2 7zM12 12H7l5-5z",ft={play:["Play","Space",oe],start:[
"To the start","Home","M2 2h2v10H2zM12 2v10L5 7z"],back:["Previous frame",",",dt],next:["Next frame",".",pt],end:["To the end","End","M10 2h2v10h-2zM2 2v10l7-5z"],
loop:["Loop","R"],wipe:["Wipe","W"],difference:["Difference","D; four times as bright as it is"],frames:["Frames","S; each clip from start to end"],full:["Full \
screen","F",ut],help:["Keys","?",""]},je={"Space K":"play or pause","← → , .":"one frame","Shift+← Shift+→ J L":"one second","Home End 0…9":"to the st\
art, the end, a tenth between","− + [ ]":"slower, faster",R:"loop",M:"sound of the next clip, and off",W:"wipe between two clips; then ← → move the divider",
D:"difference of two clips, made bright",S:"frames of each clip, from start to end",X:"swap A and B",F:"full screen",Esc:"back to side by side"},re=e=>ue(e,14);
function mt(){let e=J.map(t=>p("option","",{value:t},`${t}×`));return p("select","",{"aria-label":"Speed"},...e)}function Ne(){let e={};for(let[d,[k,b,M]]of Object.
entries(ft))e[d]=p("button","",{type:"button",title:`${k} (${b})`},M?re(M):M===""?b:k),M!==void 0&&(e[d].ariaLabel=k);let[t,n]=["A","B"].map(d=>p("select","",{"\
aria-label":`Clip ${d}`})),{play:s,start:a,back:o,next:c,end:u,loop:r,wipe:v,difference:w,frames:l,full:g,help:x}=e;return{play:s,start:a,back:o,next:c,end:u,slider:p(
"input","",{type:"range",min:0,step:"any","aria-label":"Time of all clips"}),time:p("output","",{"aria-live":"off"}),sound:p("select","",{"aria-label":"Sound",title:"\
Which clip is heard (M)"}),loop:r,speed:Object.assign(mt(),{title:"Speed (− and +)"}),wipe:v,difference:w,a:t,b:n,frames:l,full:g,help:x}}var ht=4e3;function qe(e,t){
let n=p("span","",{role:"status"}),s=p("button","",{type:"button",title:`Vote blind: copies ${e}`},"Judge");return t(s,"click",async()=>{n.textContent=await fe(
e)?"Copied: paste it into a cell.":e,setTimeout(()=>{n.textContent=""},ht)}),[s,n]}function He(e,t){let n=Object.entries(t).map(([o,c])=>p("div","",{role:"listi\
tem"},p("span","",{},...o.split(" ").map(u=>p("kbd","",{},u))),p("span","",{},c))),s=p("button","",{type:"button"},"Close"),a=p("dialog","help",{"aria-label":"K\
eys"},p("strong","",{},"Keys"),p("div","keys",{role:"list"},...n),s);return e(s,"click",()=>a.close()),e(a,"keydown",o=>{o.stopPropagation(),o.key==="?"&&a.close()}),
a}var Q=9,gt=4,bt=5e3,ae=xt(Symbol.for("hailuo.kept"),()=>new Map);function xt(e,t){let n=window;return n[e]??=t(),n[e]}function De(e,{more:t={},keys:n=je}={}){e.
dataset.compare="on";let s=new AbortController,a=(i,f,T,{signal:h}=s)=>i.addEventListener(f,T,{signal:h}),[o,c,u,r]=[Ne(),Oe(a),He(a,n),Ee(H)],v=Le(e),w=p("div",
"tools",{role:"group","aria-label":"All clips together"},...Object.values(o));e.dataset.judge&&w.append(...qe(e.dataset.judge,a));let l=new Map,g=Pe(o.sound,l),
x=new Map,d="side",k=!1,b=[],M=()=>[...l.values()].filter(({picked:i})=>i);function q(i,f){let T=i.dataset.label??"",h={figure:i,video:f,label:T,wanted:null,broken:!1,
end:new AbortController,tick:p("input","pick",{type:"checkbox","aria-label":`Compare ${T}`,title:"Compare"}),note:p("p","",{role:"alert",style:"margin:0;font-si\
ze:12px"})},m=(A,F)=>a(f,A,F,h.end);m("loadedmetadata",()=>{Y(f)||ne(h),P(h,!1),H()});for(let A of["loadedmetadata","canplay","seeked"])m(A,()=>{W(h),r.advance()});
for(let A of["loadeddata","timeupdate"])m(A,H);return m("volumechange",()=>g.changed(h)),m("ended",r.ended),m("error",()=>P(h,!0)),a(h.tick,"change",()=>{x.set(
h.label,h.tick.checked),z()},h.end),we(f,i,h.end.signal),f.error&&P(h,!0),h}function P(i,f){i.broken=f,i.note.textContent=f?ye(i.video):"",f&&i.figure.append(i.
note),r.advance(),r.ended(),H()}function y(i,f){i.picked!==f&&(i.picked=f,i.video.paused||i.video.pause(),Object.assign(i.video,{controls:!1,loop:!f,muted:!0,playbackRate:f?
r.speed:1}))}function S(i){i.end.abort(),y(i,!1),i.video.controls=!0,i.tick.remove(),i.note.remove(),Me(i.video)}let L=()=>e.querySelectorAll(".hailuo-frames");
function E(i=k){k=i;for(let f of L())f.open=i;o.frames.ariaPressed=String(i),o.frames.hidden=!e.querySelector(".hailuo-strip img"),e===document.fullscreenElement&&
v()}function C(){E();let i=e.querySelectorAll("figure.hailuo-clip"),f=new Map;for(let h of i){let m=l.get(h),F=m!==void 0&&d!=="side"&&b.includes(m)?m.video:h.querySelector(
"video[src]");F&&f.set(h,m?.video===F?m:q(h,F))}let T=[...l].filter(([h,m])=>f.get(h)!==m).map(([,h])=>h);if(!(!T.length&&f.size===l.size)){T.some(h=>b.includes(
h))&&R("side"),T.forEach(S),l.clear();for(let[h,m]of f)l.set(h,m);z()}}function z(){let i=e.querySelectorAll("figure.hailuo-clip").length,f=e.matches(".hailuo-g\
rid")||i>Q,T=(i>Q?gt:Q)-M().length;for(let m of l.values())y(m,x.get(m.label)??m.picked??T-- >0);let h=M().length>=Q;for(let m of l.values()){Object.assign(m.tick,
{checked:m.picked,disabled:h&&!m.picked});let A=m.figure.querySelector("figcaption > p")??m.figure.querySelector("figcaption")??m.figure;f?m.tick.isConnected||A.
prepend(m.tick):m.tick.remove()}for(let[m,A]of[o.a,o.b].entries())A.replaceChildren(...M().map(({label:F},We)=>p("option","",{value:We},`${"AB"[m]} ${F}`))),A.value=
String(O(M().indexOf(b[m]),m,M().length-1));R(M().length>1?d:"side")}function R(i){let[f,T]=[r.time(),c.divider.matches(":focus")];b=[o.a,o.b].map(({value:A})=>M()[Number(
A)]),b[0]===b[1]&&(b[1]=M().find(A=>A!==b[0])),[o.a.value,o.b.value]=b.map(A=>String(M().indexOf(A))),d=i,d==="side"?delete e.dataset.view:e.dataset.view=d,c.show(
d==="side"?[]:b,d==="wipe");let h=d==="side"?M():b,m=V(h,r.clips);for(let A of r.clips)h.includes(A)||A.video.pause();r.clips=h,!m&&(r.playing||f>0)&&r.seek(f),
T&&d!=="wipe"&&e.focus(),H()}function H(){let[i,f,T]=[r.length(),r.time(),d==="side"],h=`${f.toFixed(2)} / ${i.toFixed(2)} s`,m=r.playing?"Pause":"Play";o.time.
textContent!==h&&(o.time.textContent=h),r.dragging||Object.assign(o.slider,{max:i||1,value:f}),r.playing||(o.slider.ariaValueText=`${h}, frame ${N(f)}`),o.play.
ariaLabel!==m&&(Object.assign(o.play,{ariaLabel:m,title:`${m} (Space)`}),o.play.replaceChildren(re(r.playing?Fe:oe))),e.toggleAttribute("data-playing",r.playing&&
i>0),o.loop.ariaPressed=String(r.loop);for(let A of["wipe","difference"])o[A].ariaPressed=String(d===A);o.a.hidden=o.b.hidden=T,o.wipe.hidden=o.difference.hidden=
M().length<2,w.hidden=l.size===0,g.offer(r.clips)}let ie=i=>{M().length>1&&R(d===i?"side":i)},D={toggle:()=>r.playing?r.pause():r.play(),step:r.step,seek:r.seek,
time:r.time,length:r.length,loop:()=>{r.loop=!r.loop,H()},accelerate(i){o.speed.selectedIndex=O(o.speed.selectedIndex+i,0,J.length-1),r.accelerate(Number(o.speed.
value))},sound:g.next,full:()=>{(document.fullscreenElement?document.exitFullscreen():e.requestFullscreen?.())?.catch(()=>{})}},_e=()=>{[o.a.value,o.b.value]=[o.
b.value,o.a.value],R(d)},_={play:D.toggle,start:()=>r.seek(0),back:()=>r.step(-1),next:()=>r.step(1),end:()=>r.seek(r.length()),loop:D.loop,wipe:()=>ie("wipe"),
difference:()=>ie("difference"),frames:()=>E(!k),full:D.full,help:()=>u.showModal()},se={d:_.difference,s:_.frames,x:_e,"?":_.help,w:()=>{_.wipe(),d==="wipe"&&c.
divider.focus()},...t};function Ke(i){r.clips.length&&Ae(i,D,d==="side"?se:{...se,Escape:()=>R("side")})}let K=e.querySelector(".hailuo-bar")??p("div","hailuo-b\
ar",{style:"margin:8px 0"}),Z=[c.box,p("style","",{},Re),w,u];K.isConnected||(e.prepend(K),Z.push(K)),K.after(c.box),K.append(...Z.slice(1,4)),Object.assign(e,{
tabIndex:0,role:"group",ariaLabel:e.ariaLabel??"Clips that play together"}),e.dataset.lmSuppressShortcuts="true",o.speed.value="1",o.full.hidden=!document.fullscreenEnabled;
for(let[i,f]of Object.entries(_))a(o[i],"click",f);a(o.sound,"change",g.pick),a(o.speed,"change",()=>D.accelerate(0));for(let i of[o.a,o.b])a(i,"change",()=>R(d));
a(o.slider,"pointerdown",({button:i})=>{r.dragging=i===0});for(let i of["pointerup","pointercancel"])a(o.slider,i,()=>{r.dragging=!1,r.advance()});a(o.slider,"i\
nput",()=>r.seek(Number(o.slider.value))),a(e,"keydown",Ke),a(e,"fullscreenchange",v),a(window,"resize",v),a(e,"click",({target:i})=>{let f=[...l.values()].find(
({video:T})=>T===i);if(!(!f||i.controls||f.picked&&d!=="side")){if(f.picked)return _.play();i.controls=!0,i.play().catch(()=>{})}}),a(K,"pointerenter",()=>{for(let{
video:i}of r.clips)i.preload="auto"});function Be(i){for(let[f,T]of i.choices)x.set(f,T);z(),o.speed.value=i.speed,r.loop=i.loop,D.accelerate(0),R(M().length>1?
i.view:"side"),E(i.isOpen),r.seek(i.time_s),i.playing&&r.play()}C();let ee=ae.get(e.dataset.grid??"");ae.delete(e.dataset.grid??""),ee&&performance.now()-ee.at_ms<
bt&&Be(ee);let le=r.clips.find(({video:i})=>i.currentTime>0);le&&r.seek(le.video.currentTime);let ce=new MutationObserver(C);ce.observe(e,{childList:!0,subtree:!0});
function Ue(){e.dataset.grid&&ae.set(e.dataset.grid,{at_ms:performance.now(),time_s:r.time(),playing:r.playing,loop:r.loop,speed:o.speed.value,view:d,isOpen:k,choices:x}),
ce.disconnect(),s.abort(),r.playing=!1,delete e.dataset.playing,delete e.dataset.view,c.show([],!1);for(let i of l.values())S(i);for(let i of Z)i.remove()}function Ie(i){
C(),r.seek(0),i&&r.play()}return Object.assign(Ue,{restart:Ie})}for(let e of document.querySelectorAll(".hailuo-compare:not([data-compare], .hailuo-live-grid)"))me(e,t=>{let n=[De(t),xe(t)];return()=>{for(let s of n)s()}});})();
