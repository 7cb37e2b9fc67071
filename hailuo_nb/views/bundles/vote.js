// judge/page.js 3881ee0a15f2963d68459ce8dce608a1d8d655cc680391772f47d6f7526618d9
"use strict";(()=>{var ft="http://www.w3.org/2000/svg";function d(e,t="",o={},...r){let i=document.createElement(e);t&&(i.className=t);for(let[n,u]of Object.entries(o))u!=null&&u!==!1&&i.setAttribute(n,u===!0?"":`${u}`);
return i.append(...r.filter(n=>n!==null)),i}function z(e,t){let o=t??"";e.textContent!==o&&(e.textContent=o),e.hidden=o===""}var ke=(e,t,o)=>{e.getAttribute(t)!==
String(o)&&e.setAttribute(t,String(o))};function Se(e,t){let[o,r]=["svg","path"].map(i=>document.createElementNS(ft,i));return o.setAttribute("viewBox",`0 0 ${t} ${t}`),r.setAttribute("d",e),o.append(
r),o}async function Q(e){try{return await navigator.clipboard.writeText(e),!0}catch{return!1}}var W=e=>e.ctrlKey||e.metaKey||e.altKey,Me=(e,t)=>(o,r)=>{for(let i of o.split(" "))e.addEventListener(i,r,{signal:t})};function N(e){e.preventDefault(),e.stopPropagation()}var le={"Copy prompt":({prompt:e})=>e,"Copy as cell":({line:e,prompt:t})=>`${e}
${t}`,"Last frame":({task:e})=>`--image clip:${e}`,"Show in history":({task:e})=>`%hailuo history ${e}`},Ae=({src:e},t="clip.mp4")=>d("a","",{href:e,download:t}).
click();function Ee(e){let{controls:t}=e;e.onfullscreenchange=()=>{e.controls=document.fullscreenElement===e||t},e.requestFullscreen?.().catch(()=>{})}function Te(e,t=le){
let o=d("output"),r=Object.entries(t).map(([i,n])=>{let u=d("button","",{type:"button"},i);return u.onclick=async()=>{let p=n(e);p&&(o.value=await Q(p)?"Copied.":
p)},u});return d("details","hailuo-acts",{},d("summary","",{},"More"),...r,o)}function Ce({src:e}){let t=/^[^:]+:\/.*\/([^/]+)\.mp4/.exec(e)?.[1];return`This clip cannot be played: ${t?`${t}.mp4 is missing or`:"it is"} damaged.${t?` Put i\
t back beside the notebook, or %hailuo resume ${t} fetches it again, free.`:""}`}var q=24,te=[.25,.5,1,1.5,2],G=.5/q,H=e=>Math.floor(e*q+.01),I=e=>(e+.5)/q,_=(e,t,o)=>Math.min(Math.max(e,t),o),oe=({seekable:e})=>e.length>0&&e.end(e.length-1)>
0;function Le(e){let{audioTracks:t,mozHasAudio:o,webkitAudioDecodedByteCount:r}=e;return!!(t?.length||o||r)}var ee=new WeakMap;async function Oe(e,t){ee.set(e,e.
getAttribute("src")??"");let r=await(await fetch(e.src,{cache:"no-store"})).blob();t.aborted||(e.src=URL.createObjectURL(r))}var $e=e=>ee.has(e);function je(e){
let t=ee.get(e);ee.delete(e),!(t===void 0||e.getAttribute("src")===t)&&(URL.revokeObjectURL(e.src),e.setAttribute("src",t))}function ht({toggle:e,step:t,seek:o,
time:r,length:i,loop:n,accelerate:u,sound:p,full:a}){let[b,m,l,c]=[()=>t(-1),()=>t(1),()=>u(-1),()=>u(1)];return{" ":e,k:e,",":b,ArrowLeft:b,".":m,ArrowRight:m,
j:()=>o(r()-1),l:()=>o(r()+1),Home:()=>o(0),End:()=>o(i()),"-":l,"[":l,"+":c,"]":c,r:n,m:p,f:a}}var mt={ArrowLeft:"j",ArrowRight:"l"};function Re(e,t,o={}){let r=e.
target,i=e.key.length===1?e.key.toLowerCase():e.key;if(r.closest("select,textarea,[contenteditable]")||i===" "&&r.closest("button,summary,a,.pick")||i.startsWith(
"Arrow")&&r.matches("[role=region]")||r.matches("video[controls]")&&(i===" "||/^(Arrow|Home|End)/.test(i)&&r!==t.video)||W(e))return;let p=/^\d$/.test(i)&&(()=>t.
seek(t.length()*Number(i)/10))||o[i]||ht(t)[e.shiftKey&&mt[i]||i];p&&(N(e),p())}var gt={ArrowLeft:-1,ArrowRight:1};function Pe(e,t,o,r=!1){let i=-1,[n,u]=["",""],p=Me(e,o),a=()=>[...t.querySelectorAll(".hailuo-strip img")],b=()=>r||!t.contains(
e)?-1:a().length-1;function m(c){let[h,g]=[a(),e.getAttribute("poster")??""];g!==u&&(n=g),i=c,u=h[c]?.src??"",(u||n)!==g&&e.setAttribute("poster",u||n),h.forEach(
(k,S)=>{k.toggleAttribute("data-now",S===c)})}let l=c=>b()<0||m(_(c,0,b()));p("pointermove pointerdown",({clientX:c})=>{let{left:h,width:g}=e.getBoundingClientRect();
g&&l(Math.floor((b()+1)*(c-h)/g))}),p("pointerleave pointercancel blur",()=>m(-1)),p("keydown",c=>{let h=gt[c.key];!h||W(c)||c.shiftKey||b()<0||(N(c),l(i<0&&h<0?
b():i+h))}),p("play seeking",()=>{r=!0,m(-1)}),p("emptied",()=>{r=!1}),e.tabIndex=0,e.style.touchAction="pan-y",o.addEventListener("abort",()=>{m(-1),e.removeAttribute(
"tabindex"),e.style.touchAction=""})}var bt=250,xt=40,_e=.3/q,wt=.25,yt=250,vt=1e3,kt=120,ne=({video:e,figure:t})=>Number.isFinite(e.duration)?e.duration:Number(t.dataset.seconds)||0,St=e=>e.video.
currentTime>ne(e)-3*G,Fe=e=>e.broken||e.wanted===null&&!e.video.seeking&&e.video.readyState>=(St(e)?2:3);function X(e,t=e.wanted){let{video:o}=e;if(e.wanted=t,t!==
null&&clearTimeout(e.sure),t!==null&&o.readyState<3&&(o.preload="auto"),t===null||o.seeking||o.readyState<1)return;if(!oe(o)&&!e.stuck)return void ue(e);if(e.wanted=
null,e.stuck)return;let r=_(t,0,ne(e)-G);Math.abs(o.currentTime-r)>.001&&(o.currentTime=r)}function Mt(e,t){let{video:o}=e,r=!e.rolling&&o.paused&&o.muted&&Fe(e)&&
t===H(o.currentTime)+1&&"requestVideoFrameCallback"in o;if(e.rolling=r&&{},clearTimeout(e.sure),r||o.pause(),!r)return X(e,I(t));let i=e.rolling,n=(p=-1)=>{if(e.
rolling===i){if(e.rolling=!1,o.pause(),p!==t||H(o.currentTime)!==t)return X(e,I(t));e.sure=setTimeout(()=>{o.paused&&!e.stuck&&(o.currentTime=I(t))},kt)}},u=(p,{
mediaTime:a})=>{let b=Math.round(a*q);b<t?o.requestVideoFrameCallback(u):setTimeout(n,Math.max(0,1e3*(t/q-o.currentTime)+5),b)};setTimeout(n,yt),o.requestVideoFrameCallback(
u),o.playbackRate=1,o.play().catch(()=>n())}async function ue(e){let{video:t}=e;if(!$e(t))try{await Oe(t,e.end.signal)}catch{e.stuck=!0,t.dispatchEvent(new Event(
"canplay"))}}function ze(e){let t={clips:[],playing:!1,loop:!0,speed:1,dragging:!1,gathering:!1,length:a,time:b,seek:l,advance:c,play:h,pause:g,step:k,accelerate:S,
ended:A},[o,r,i,n,u]=[0,0,0,0,0],p=()=>t.clips.filter(({broken:w,video:f})=>!w&&!f.ended);function a(){return Math.max(0,...t.clips.map(w=>w.broken?0:ne(w)))}function b(){
return t.playing&&!t.gathering?m():o}function m(){let w=p().filter(({video:L})=>!L.paused&&L.readyState>2),f=w.find(({video:L})=>!L.muted);if(f)return f.video.currentTime;
let E=(w.length?w:p()).map(({video:L})=>L.currentTime);return E.length?E.sort((L,C)=>L-C)[E.length-1>>1]:a()}function l(w){o=_(w,0,Math.max(0,t.length()-G)),t.gathering=
t.playing;for(let f of t.clips)f.rolling=!1,f.video.pause();for(let f of t.clips)X(f,o);c(),e()}function c(){if(!(!t.gathering||t.dragging||!t.clips.every(Fe))){
t.gathering=!1,i=performance.now();for(let{video:w,broken:f}of t.clips)w.playbackRate=t.speed,f||w.play().catch(({name:E})=>E==="NotAllowedError"&&g())}}function h(){
t.playing=!0,l(o>=a()-3*G?0:o),cancelAnimationFrame(u),u=requestAnimationFrame(M)}function g(){let w=b();t.playing=!1,l(I(H(w)))}function k(w){let f=H(b())+w;if(t.
playing||w!==1||I(f)>a())return t.playing=!1,l(I(f));o=I(f);for(let E of t.clips)E.broken||Mt(E,f);e()}function S(w){t.speed=w;for(let{video:f}of t.clips)f.playbackRate=
w;e()}function A(){if(!(!t.playing||t.gathering||p().length)){if(t.loop)return l(0);o=a(),t.playing=!1,e()}}function M(w){t.playing&&(u=requestAnimationFrame(M),
w-r>bt&&!t.gathering&&(r=w,j(w)),!(w-n<xt)&&(n=w,e()))}function j(w){let f=m(),E=C=>!C.broken&&!C.stuck&&f<ne(C)-3*G,L=({video:C})=>C.paused||C.readyState<3||Math.
abs(C.currentTime-f)>wt;if(w-i>vt&&t.clips.some(C=>E(C)&&L(C)))return l(f);for(let{video:C}of p()){let P=C.currentTime-f;Math.abs(P)>_e?C.playbackRate=t.speed*(1-
_(1.5*P,-.1,.1)):Math.abs(P)<_e/3&&(C.playbackRate=t.speed)}}return t}var Ne=e=>()=>{let t=(u,p)=>e.style.setProperty(u,`${p}`),o=u=>t("--fit",u),r=()=>e.scrollHeight<=e.clientHeight,[i,n]=[30,100];if(t("--across",Math.ceil(Math.sqrt(
e.querySelectorAll("figure").length))),o(i),!r())return o(n);for(;n-i>.2;)o((i+n)/2),r()?i=(i+n)/2:n=(i+n)/2;o(i)};var Z=(e,t)=>e.length===t.length&&e.every((o,r)=>o===t[r]);function Ie(e){let t=[0,1].map(()=>d("span","tag",{dir:"auto"})),o=d("div","divider",{role:"slider",tabindex:0,
"aria-valuemin":0,"aria-valuemax":100}),r=d("div","pair"),i=d("div","stage",{hidden:""},r,...t,o),n=[],u=50;function p(m){u=_(Math.round(m),0,100),i.style.setProperty(
"--wipe",`${u}%`),o.setAttribute("aria-valuenow",String(u)),o.setAttribute("aria-valuetext",`${u}% ${t[0].textContent}`)}function a({clientX:m,pointerId:l,type:c,
button:h}){if(c==="pointerdown"&&!h&&!o.hidden&&i.setPointerCapture(l),!i.hasPointerCapture(l))return;let{left:g,width:k}=i.getBoundingClientRect();p(100*(m-g)/
k)}for(let m of["pointerdown","pointermove"])e(i,m,a);e(o,"keydown",m=>{let l={ArrowLeft:-1,ArrowDown:-1,ArrowRight:1,ArrowUp:1,PageDown:-10,PageUp:10,Home:-100,
End:100}[m.key];!l||W(m)||(N(m),p(u+l*(m.shiftKey?10:1)))});function b(m,l){if(!(Z(m,n)&&o.hidden!==l)){for(let c of n)c.home?.replaceWith(c.video);i.hidden=!m.
length,o.hidden=!l,n=m;for(let[c,h]of m.entries()){let{width:g,height:k}=h.video;c||i.style.setProperty("--ratio",String((g||16)/(k||9))),h.home=d("div","home",
{style:`aspect-ratio:${g||16}/${k||9}`}),h.video.replaceWith(h.home),r.append(h.video),t[c].textContent=`${"AB"[c]} ${h.label}`}o.setAttribute("aria-label",`Div\
ider between ${m.map(({label:c})=>c).join(" and ")}`),p(u)}}return{box:i,divider:o,show:b}}var At=-1;function De(e,t){let o=[],r,i=()=>o.indexOf(r);function n(a){for(let b of t.values())b!==a&&(b.video.muted=!0);a&&(a.video.muted=!1),e.value=String(i())}
function u(a){r=o[a],n(r)}function p(a){for(let l of a)l.sounds||=Le(l.video);let b=a.filter(({sounds:l,broken:c})=>l&&!c);if(Z(b,o))return;o=b;let m=o.map(({label:l},c)=>d(
"option","",{value:c},`♪ ${l}`));e.replaceChildren(d("option","",{value:At},"Sound off"),...m),e.hidden=!o.length,n(o[i()])}return e.hidden=!0,{offer:p,next:()=>u(
Number(e.value)+1),pick:()=>u(Number(e.value)),changed(a){a.video.muted||a===o[i()]||(r=a,n(a))}}}var Be="--accent:var(--jp-brand-color1,var(--vscode-focusBorder,#1976d2));",qe="--ground:var(--jp-layout-color1,var(--vscode-editor-background,Canvas));--text:v\
ar(--jp-content-font-color1,var(--vscode-foreground));";var He=`.hailuo-compare{${Be}${qe}
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
@media print{.tools,.hailuo-acts{display:none}}}`;var de="M3 1.5v11l9.5-5.5z",Ue="M3 2h3v10H3zM8 2h3v10H8z",Et="M9 2v10L4 7z",Tt="M5 2v10l5-5z",Ct="M2 2h5L2 7zM12 12H7l5-5z",Lt={play:["Play","Space",de],start:[
"To the start","Home","M2 2h2v10H2zM12 2v10L5 7z"],back:["Previous frame",",",Et],next:["Next frame",".",Tt],end:["To the end","End","M10 2h2v10h-2zM2 2v10l7-5z"],
loop:["Loop","R"],wipe:["Wipe","W"],difference:["Difference","D; four times as bright as it is"],frames:["Frames","S; each clip from start to end"],full:["Full \
screen","F",Ct],help:["Keys","?",""]},re={"Space K":"play or pause","← → , .":"one frame","Shift+← Shift+→ J L":"one second","Home End 0…9":"to the st\
art, the end, a tenth between","− + [ ]":"slower, faster",R:"loop",M:"sound of the next clip, and off",W:"wipe between two clips; then ← → move the divider",
D:"difference of two clips, made bright",S:"frames of each clip, from start to end",X:"swap A and B",F:"full screen",Esc:"back to side by side"},pe=e=>Se(e,14);
function Ot(){let e=te.map(t=>d("option","",{value:t},`${t}×`));return d("select","",{"aria-label":"Speed"},...e)}function Ke(){let e={};for(let[g,[k,S,A]]of Object.
entries(Lt))e[g]=d("button","",{type:"button",title:`${k} (${S})`},A?pe(A):A===""?S:k),A!==void 0&&(e[g].ariaLabel=k);let[t,o]=["A","B"].map(g=>d("select","",{"\
aria-label":`Clip ${g}`})),{play:r,start:i,back:n,next:u,end:p,loop:a,wipe:b,difference:m,frames:l,full:c,help:h}=e;return{play:r,start:i,back:n,next:u,end:p,slider:d(
"input","",{type:"range",min:0,step:"any","aria-label":"Time of all clips"}),time:d("output","",{"aria-live":"off"}),sound:d("select","",{"aria-label":"Sound",title:"\
Which clip is heard (M)"}),loop:a,speed:Object.assign(Ot(),{title:"Speed (− and +)"}),wipe:b,difference:m,a:t,b:o,frames:l,full:c,help:h}}var $t=4e3;function Ve(e,t){
let o=d("span","",{role:"status"}),r=d("button","",{type:"button",title:`Vote blind: copies ${e}`},"Judge");return t(r,"click",async()=>{o.textContent=await Q(e)?
"Copied: paste it into a cell.":e,setTimeout(()=>{o.textContent=""},$t)}),[r,o]}function Ye(e,t){let o=Object.entries(t).map(([n,u])=>d("div","",{role:"listitem"},
d("span","",{},...n.split(" ").map(p=>d("kbd","",{},p))),d("span","",{},u))),r=d("button","",{type:"button"},"Close"),i=d("dialog","help",{"aria-label":"Keys"},
d("strong","",{},"Keys"),d("div","keys",{role:"list"},...o),r);return e(r,"click",()=>i.close()),e(i,"keydown",n=>{n.stopPropagation(),n.key==="?"&&i.close()}),
i}var ie=9,jt=4,Rt=5e3,fe=Pt(Symbol.for("hailuo.kept"),()=>new Map);function Pt(e,t){let o=window;return o[e]??=t(),o[e]}function We(e,{more:t={},keys:o=re}={}){e.
dataset.compare="on";let r=new AbortController,i=(s,x,$,{signal:v}=r)=>s.addEventListener(x,$,{signal:v}),[n,u,p,a]=[Ke(),Ie(i),Ye(i,o),ze(F)],b=Ne(e),m=d("div",
"tools",{role:"group","aria-label":"All clips together"},...Object.values(n));e.dataset.judge&&m.append(...Ve(e.dataset.judge,i));let l=new Map,c=De(n.sound,l),
h=new Map,g="side",k=!1,S=[],A=()=>[...l.values()].filter(({picked:s})=>s);function M(s,x){let $=s.dataset.label??"",v={figure:s,video:x,label:$,wanted:null,broken:!1,
end:new AbortController,tick:d("input","pick",{type:"checkbox","aria-label":`Compare ${$}`,title:"Compare"}),note:d("p","",{role:"alert",style:"margin:0;font-si\
ze:12px"}),acts:Te(s.dataset,{Download:({file:T})=>Ae(x,T),...le,"Full size":()=>Ee(x)})};s.dataset.task&&s.append(v.acts);let y=(T,B)=>i(x,T,B,v.end);y("loaded\
metadata",()=>{oe(x)||ue(v),j(v,!1),F()});for(let T of["loadedmetadata","canplay","seeked"])y(T,()=>{X(v),a.advance()});for(let T of["loadeddata","timeupdate"])
y(T,F);return y("volumechange",()=>c.changed(v)),y("ended",a.ended),y("error",()=>j(v,!0)),i(v.tick,"change",()=>{h.set(v.label,v.tick.checked),P()},v.end),Pe(x,
s,v.end.signal,x.currentTime>0||!x.paused),x.error&&j(v,!0),v}function j(s,x){s.broken=x,s.note.textContent=x?Ce(s.video):"",x&&s.figure.append(s.note),a.advance(),
a.ended(),F()}function w(s,x){s.picked!==x&&(s.picked=x,s.video.paused||s.video.pause(),Object.assign(s.video,{controls:!1,loop:!x,muted:!0,playbackRate:x?a.speed:
1}))}function f(s){s.end.abort(),w(s,!1),s.video.controls=!0,s.tick.remove(),s.note.remove(),s.acts.remove(),je(s.video)}let E=()=>e.querySelectorAll(".hailuo-f\
rames");function L(s=k){k=s;for(let x of E())x.open=s;n.frames.ariaPressed=String(s),n.frames.hidden=!e.querySelector(".hailuo-strip img"),e===document.fullscreenElement&&
b()}function C(){L();let s=e.querySelectorAll("figure.hailuo-clip"),x=new Map;for(let v of s){let y=l.get(v),B=y!==void 0&&g!=="side"&&S.includes(y)?y.video:v.querySelector(
"video[src]");B&&x.set(v,y?.video===B?y:M(v,B))}let $=[...l].filter(([v,y])=>x.get(v)!==y).map(([,v])=>v);if(!(!$.length&&x.size===l.size)){$.some(v=>S.includes(
v))&&R("side"),$.forEach(f),l.clear();for(let[v,y]of x)l.set(v,y);P()}}function P(){let s=e.querySelectorAll("figure.hailuo-clip").length,x=e.matches(".hailuo-g\
rid")||s>ie,$=(s>ie?jt:ie)-A().length;for(let y of l.values())w(y,h.get(y.label)??y.picked??$-- >0);let v=A().length>=ie;for(let y of l.values()){Object.assign(
y.tick,{checked:y.picked,disabled:v&&!y.picked});let T=y.figure.querySelector("figcaption > p")??y.figure.querySelector("figcaption")??y.figure;x?y.tick.isConnected||
T.prepend(y.tick):y.tick.remove()}for(let[y,T]of[n.a,n.b].entries())T.replaceChildren(...A().map(({label:B},pt)=>d("option","",{value:pt},`${"AB"[y]} ${B}`))),T.
value=String(_(A().indexOf(S[y]),y,A().length-1));R(A().length>1?g:"side")}function R(s){let[x,$]=[a.time(),u.divider.matches(":focus")];S=[n.a,n.b].map(({value:T})=>A()[Number(
T)]),S[0]===S[1]&&(S[1]=A().find(T=>T!==S[0])),[n.a.value,n.b.value]=S.map(T=>String(A().indexOf(T))),g=s,g==="side"?delete e.dataset.view:e.dataset.view=g,u.show(
g==="side"?[]:S,g==="wipe");let v=g==="side"?A():S,y=Z(v,a.clips);for(let T of a.clips)v.includes(T)||T.video.pause();a.clips=v,!y&&(a.playing||x>0)&&a.seek(x),
$&&g!=="wipe"&&e.focus(),F()}function F(){let[s,x,$]=[a.length(),a.time(),g==="side"],v=`${x.toFixed(2)} / ${s.toFixed(2)} s`,y=a.playing?"Pause":"Play";n.time.
textContent!==v&&(n.time.textContent=v),a.dragging||Object.assign(n.slider,{max:s||1,value:x}),a.playing||(n.slider.ariaValueText=`${v}, frame ${H(x)}`),n.play.
ariaLabel!==y&&(Object.assign(n.play,{ariaLabel:y,title:`${y} (Space)`}),n.play.replaceChildren(pe(a.playing?Ue:de))),e.toggleAttribute("data-playing",a.playing&&
s>0),n.loop.ariaPressed=String(a.loop);for(let T of["wipe","difference"])n[T].ariaPressed=String(g===T);n.a.hidden=n.b.hidden=$,n.wipe.hidden=n.difference.hidden=
A().length<2,m.hidden=l.size===0,c.offer(a.clips)}let xe=s=>{A().length>1&&R(g===s?"side":s)},K={toggle:()=>a.playing?a.pause():a.play(),step:a.step,seek:a.seek,
time:a.time,length:a.length,loop:()=>{a.loop=!a.loop,F()},accelerate(s){n.speed.selectedIndex=_(n.speed.selectedIndex+s,0,te.length-1),a.accelerate(Number(n.speed.
value))},sound:c.next,full:()=>{(document.fullscreenElement?document.exitFullscreen():e.requestFullscreen?.())?.catch(()=>{})}},st=()=>{[n.a.value,n.b.value]=[n.
b.value,n.a.value],R(g)},V={play:K.toggle,start:()=>a.seek(0),back:()=>a.step(-1),next:()=>a.step(1),end:()=>a.seek(a.length()),loop:K.loop,wipe:()=>xe("wipe"),
difference:()=>xe("difference"),frames:()=>L(!k),full:K.full,help:()=>p.showModal()},we={d:V.difference,s:V.frames,x:st,"?":V.help,w:()=>{V.wipe(),g==="wipe"&&u.
divider.focus()},...t};function ct(s){a.clips.length&&Re(s,K,g==="side"?we:{...we,Escape:()=>R("side")})}let Y=e.querySelector(".hailuo-bar")??d("div","hailuo-b\
ar",{style:"margin:8px 0"}),se=[u.box,d("style","",{},He),m,p];Y.isConnected||(e.prepend(Y),se.push(Y)),Y.after(u.box),Y.append(...se.slice(1,4)),Object.assign(
e,{tabIndex:0,role:"group",ariaLabel:e.ariaLabel??"Clips that play together"}),e.dataset.lmSuppressShortcuts="true",n.speed.value="1",n.full.hidden=!document.fullscreenEnabled;
for(let[s,x]of Object.entries(V))i(n[s],"click",x);i(n.sound,"change",c.pick),i(n.speed,"change",()=>K.accelerate(0));for(let s of[n.a,n.b])i(s,"change",()=>R(g));
i(n.slider,"pointerdown",({button:s})=>{a.dragging=s===0});for(let s of["pointerup","pointercancel"])i(n.slider,s,()=>{a.dragging=!1,a.advance()});i(n.slider,"i\
nput",()=>a.seek(Number(n.slider.value))),i(e,"keydown",ct),i(e,"fullscreenchange",b),i(window,"resize",b),i(e,"click",({target:s})=>{let x=[...l.values()].find(
({video:$})=>$===s);if(!(!x||s.controls||x.picked&&g!=="side")){if(x.picked)return V.play();s.controls=!0,s.play().catch(()=>{})}}),i(Y,"pointerenter",()=>{for(let{
video:s}of a.clips)s.preload="auto"});function lt(s){for(let[x,$]of s.choices)h.set(x,$);P(),n.speed.value=s.speed,a.loop=s.loop,K.accelerate(0),R(A().length>1?
s.view:"side"),L(s.isOpen),a.seek(s.time_s),s.playing&&a.play()}C();let ce=fe.get(e.dataset.grid??"");fe.delete(e.dataset.grid??""),ce&&performance.now()-ce.at_ms<
Rt&&lt(ce);let ye=a.clips.find(({video:s})=>s.currentTime>0);ye&&a.seek(ye.video.currentTime);let ve=new MutationObserver(C);ve.observe(e,{childList:!0,subtree:!0});
function ut(){e.dataset.grid&&fe.set(e.dataset.grid,{at_ms:performance.now(),time_s:a.time(),playing:a.playing,loop:a.loop,speed:n.speed.value,view:g,isOpen:k,choices:h}),
ve.disconnect(),r.abort(),a.playing=!1,delete e.dataset.playing,delete e.dataset.view,u.show([],!1);for(let s of l.values())f(s);for(let s of se)s.remove()}function dt(s){
C(),a.seek(0),s&&a.play()}return Object.assign(ut,{restart:dt})}var he={left:["A is better","A","A was better."],tie:["No difference","T","No difference."],right:["B is better","B","B was better."],skip:["Skip","S","Skipped."],
undo:["Undo","U","Taken back."],enough:["","E"]},Ge={A:"clip A is better",B:"clip B is better",T:"no difference",S:"skip: no answer","U Backspace":"take the las\
t vote back",E:"enough for now: end, or pause"},{X:Do,..._t}=re,Ft={...Ge,..._t,...Ge};function zt(e,t){let[o,r]=e.box_px,i=`aspect-ratio:${o}/${r}`,n=e.poster?
d("img","seen",{src:e.poster,alt:`Clip ${t}`,width:o,height:r,style:i}):d("div","seen",{style:i}),u=d("figcaption","",{},d("strong","",{},t));return d("figure",
"hailuo-clip",{"data-label":t==="A"?"left":"right","data-seconds":e.seconds},n,u)}function Nt(e,t,o){let[r,i]=e.box_px,n=`aspect-ratio:${r}/${i}`,u={src:o,poster:e.
poster||null,title:`Clip ${t}`,width:r,height:i,style:n},p=d("video","seen",{...u,loop:!0,playsinline:!0,preload:"auto"});return p.muted=!0,p}function It(e){let t=Object.
fromEntries(Object.entries(he).map(([p,[a,b]])=>[p,d("button",p,{type:"button"},a||e," ",d("kbd","",{"aria-hidden":"true"},b))])),o={bar:d("div","hailuo-bar"),clips:d(
"div","hailuo-clips"),said:d("span","said"),progress:d("span",""),trouble:d("p","trouble",{role:"alert",hidden:!0}),mark:d("strong","badge",{hidden:!0,title:"Ma\
de by the built-in simulator"},"SIMULATED")},r=d("p","asked",{},"Which clip is better? ",o.mark),i=d("p","progress",{role:"status"},o.said," ",o.progress),n=d("\
div","votes",{role:"group","aria-label":"Your vote"},...Object.values(t));return{root:d("div","hailuo-compare hailuo-judge",{"aria-label":"Two clips to choose b\
etween",role:"group",tabindex:0},r,o.bar,o.clips,n,i,o.trouble),buttons:t,...o}}function Je(e,t){let{root:o,buttons:r,clips:i,said:n,progress:u,trouble:p,mark:a}=It(
t),b=null,m=null,[l,c]=[!1,""],h=new AbortController,g=matchMedia("(prefers-reduced-motion: reduce)").matches;function k(f){l||!b||f==="undo"&&!b.can_undo||(S(!0),
c=he[f][2]??"",f==="undo"?e.undo(b.turn):f==="enough"?e.enough():e.vote(b.turn,f))}function S(f){l=f;for(let[E,L]of Object.entries(r))ke(L,"aria-disabled",f||E===
"undo"&&!b?.can_undo)}let A=Object.fromEntries(Object.entries(he).map(([f,[,E]])=>[E.toLowerCase(),()=>k(f)])),M={...A,Backspace:()=>k("undo"),x:()=>{}};async function j(f,E){
let L=f.clips.map((P,R)=>zt(P,"AB"[R]));i.replaceChildren(...L);let C=await Promise.all(f.clips.map(e.source));b!==f||h.signal.aborted||(f.clips.forEach((P,R)=>{
let F=Nt(P,"AB"[R],C[R]);e.watch(F,P),L[R].firstElementChild?.replaceWith(F)}),m??=We(o,{more:M,keys:Ft}),m.restart(E&&!g))}for(let[f,E]of Object.entries(r))E.addEventListener(
"click",()=>k(f),{signal:h.signal});let w=f=>{f.repeat&&f.key.toLowerCase()in A&&N(f)};return o.addEventListener("keydown",w,{capture:!0,signal:h.signal}),S(!0),
{root:o,wait:S,draw(f){let E=b;b=f,S(!1),z(n,c),z(u,f.progress),z(p,""),a.hidden=!f.clips.every(({simulated:L})=>L),o.toggleAttribute("data-decided",f.decided),
(E?.turn!==f.turn||!i.childElementCount)&&j(f,E!==null)},fail(f){S(!1),z(p,f)},leave(){h.abort(),m?.(),o.remove()}}}function Dt(e){let t=new Set(e.map(({undoes:o})=>o));return e.filter(({id:o,undoes:r})=>r===null&&!t.has(o))}var U=(e,t)=>Array.from({length:e},(o,r)=>Array.from(
{length:e},(i,n)=>t(r,n))),J=e=>e.reduce((t,o)=>t+o,0);function Bt(e){let t=U(e.length,()=>0);for(let o=0;o<e.length;o+=1)for(let r=0;r<=o;r+=1){let i=e[o][r]-J(
t[r].slice(0,r).map((n,u)=>n*t[o][u]));t[o][r]=o===r?Math.sqrt(i):i/t[r][r]}return t}function Qe(e,t){let o=[];for(let[r,i]of t.entries())o.push((i-J(o.map((n,u)=>n*
e[r][u])))/e[r][r]);return o}function et(e,t){let o=t.map(()=>0);for(let r=t.length-1;r>=0;r-=1){let i=t[r];for(let n=r+1;n<t.length;n+=1)i-=e[n][r]*o[n];o[r]=i/
e[r][r]}return o}function Xe(e){let t=e.length,o=Array.from({length:t},()=>0),r=U(t,()=>0);for(let i=0;i<50;i+=1){let n=U(t,(l,c)=>1/(1+Math.exp(o[c]-o[l]))),u=(l,c)=>e[l][c]+
e[c][l],p=U(t,(l,c)=>u(l,c)*n[l][c]*(1-n[l][c])),a=U(t,(l,c)=>(l===c?.3+J(p[l]):0)-p[l][c]),b=o.map((l,c)=>J(e[c].map((h,g)=>h-u(c,g)*n[c][g]))-.3*l);r=Bt(a);let m=et(
r,Qe(r,b));if(o=o.map((l,c)=>l+m[c]),m.every(l=>Math.abs(l)<1e-10))break}return{strengths:o,low:r}}var tt=e=>e.indexOf(Math.max(...e));function ot({strengths:e,
low:t}){let o=tt(e),r=e.map((i,n)=>{if(n===o)return Number.POSITIVE_INFINITY;let u=Qe(t,e.map((p,a)=>+(a===o)-+(a===n)));return(e[o]-i)/Math.sqrt(J(u.map(p=>p*p)))});
return{best:o,gaps:r}}var qt=e=>2.85-.05*Math.log2(Math.min(Math.max(e,2),16)/2);function Ht(){return Math.sqrt(-2*Math.log(1-Math.random()))*Math.cos(2*Math.PI*
Math.random())}function Ut(e){let t=()=>{let p=et(e.low,e.strengths.map(Ht));return tt(e.strengths.map((a,b)=>a+p[b]))},[o,r]=[t(),t()];if(o!==r)return[o,r];let{
best:i,gaps:n}=ot(e),u=n.indexOf(Math.min(...n));return[o,o===u?i:u]}var me=e=>e[Math.floor(Math.random()*e.length)],Ze=({left:e,right:t})=>[e,t].sort().join(" ");
function Kt(e){let t=new Set(e.slice(-3).map(Ze)),o=new Map;for(let i of e){let n=Ze(i),u=(o.get(n)?.times??0)+Number(i.repeat);i.outcome!=="skip"&&!t.has(n)&&o.
set(n,{vote:i,times:u})}let r=Math.min(...[...o.values()].map(({times:i})=>i));return[...o.values()].filter(({times:i})=>i===r).map(({vote:i})=>i)}function ae(e,t){
let o=1+Math.max(...e.values()),r=Dt(t),i=m=>e.get(m),n=U(o,()=>0),u=U(o,()=>0),p=new Map;for(let{left:m,right:l,outcome:c}of r){let[h,g]=[i(m),i(l)];for(let k of[
m,l])p.set(k,(p.get(k)??0)+1);u[h][g]=u[g][h]=1,!(c==="skip"||h===g)&&(n[h][g]+={left:1,right:0,tie:.5}[c],n[g][h]+={left:0,right:1,tie:.5}[c])}function a(){let m=u.
map(h=>J(h)<15),c=u.flatMap((h,g)=>h.map((k,S)=>[g,S,k]).filter(([,k,S])=>k>g&&!S)).filter(([h,g])=>m[h]||m[g]);return c.length?me(c).slice(0,2):null}function b(m){
let l=[...e].filter(([,h])=>h===m).map(([h])=>h),c=Math.min(...l.map(h=>p.get(h)??0));return me(l.filter(h=>(p.get(h)??0)===c))}return{votes:r,next(){let m=Kt(r);
if(m.length&&Math.random()*10<1){let{left:k,right:S}=me(m);return{left:S,right:k,repeat:!0}}let[l,c]=a()??Ut(Xe(n)),[h,g]=Math.random()<.5?[l,c]:[c,l];return{left:b(
h),right:b(g),repeat:!1}},isDecided:()=>r.length>0&&!a()&&Math.min(...ot(Xe(n)).gaps)>qt(o)}}var Vt=1,it=100,Yt=2e4,D=JSON.parse(document.getElementById("asked")?.textContent??""),ge=new Map(D.clips.map(e=>[e.id,e])),be=new Map(D.clips.map(({id:e,prompt:t})=>[
e,t])),at=`hailuo-votes ${D.experiment} ${D.digest}`,O={judge:"",votes:[],pair:null};try{Object.assign(O,JSON.parse(localStorage.getItem(at)??"{}"))}catch{}function Wt(){
try{return localStorage.setItem(at,JSON.stringify(O)),!0}catch{return!1}}function nt(){return[...crypto.getRandomValues(new Uint8Array(16))].map(t=>t.toString(16).
padStart(2,"0")).join("")}function rt(){let e=Math.max(0,...O.votes.map(({at:t})=>t));return Math.max(Date.now()/1e3,e+.001)}function Gt(e){return[...e.replace(
/[\p{C}\p{Zl}\p{Zp}]/gu,"").replace(/\p{Zs}/gu," ").trim()].slice(0,it).join("").trim()}function Jt(){let{experiment:e,digest:t}=D;return JSON.stringify({votes_version:Vt,
experiment:e,digest:t,votes:O.votes},null,1)}function Xt(){let e=URL.createObjectURL(new Blob([Jt()],{type:"application/json"})),t=r=>r.replace(/[^\p{L}\p{N}]+/gu,
"-").slice(0,40);d("a","",{href:e,download:`votes-${t(D.experiment)}-${t(O.judge)}.json`}).click(),setTimeout(()=>URL.revokeObjectURL(e),1e4)}function Zt(){let[
e,t]=[document.querySelector("main"),d("h1")];z(t,D.experiment?`Vote: ${D.experiment}`:"Vote");let o=d("p","",{role:"status",hidden:!0}),r=d("input","",{id:"nam\
e",maxlength:it,autocomplete:"name",required:!0}),i="Two clips at a time: say which is better. What you say stays on this page until you hand in its file.",n=d(
"button","",{type:"submit"},"Begin"),u=d("label","",{for:"name"},"Your name, as the result will call you "),p=d("form","hailuo-judged",{},d("p","",{},i),u,r," ",
n),a=d("p"),[b,m]=["Save the votes","Go on voting"].map(M=>d("button","",{type:"button"},M)),l=d("section","hailuo-judged",{hidden:!0,"aria-label":"Your votes"},
a,b," ",m),c=Je({vote:g,undo:k,enough:S,source:async({src:M})=>M??"",watch(){}},"Done for now");c.root.hidden=!0,e.append(t,o,p,c.root,l);function h(M){let j=ae(
be,O.votes);O.pair=M??j.next(),Wt()||z(o,"This browser keeps no votes: save them before you close the page.");let w=j.votes.length,f=`${w} vote${w===1?"":"s"} o\
f yours.`,E=j.isDecided(),L=[O.pair.left,O.pair.right].map(C=>ge.get(C));return c.draw({turn:O.votes.length,clips:L,progress:E?`${f} By them one is better than \
each other one.`:f,can_undo:w>0,decided:E}),w}function g(M,j){if(!(!O.pair||M!==O.votes.length)){if(M>=Yt)return c.fail("This page holds no more votes: save the\
m.");O.votes.push({id:nt(),judge:O.judge,...O.pair,outcome:j,at:rt(),undoes:null}),h()}}function k(){let M=ae(be,O.votes).votes.at(-1);if(!M)return;O.votes.push(
{...M,id:nt(),at:rt(),undoes:M.id});let{left:j,right:w,repeat:f}=M;h({left:j,right:w,repeat:f})}function S(){let M=ae(be,O.votes).votes.length;z(a,`Thank you, ${O.
judge}: ${M} vote${M===1?"":"s"}. Save the file and hand it in.`),c.wait(!1),c.root.hidden=!0,l.hidden=!1,b.focus()}function A(){p.hidden=l.hidden=!0,c.root.hidden=
!1;let M=O.pair;h(M&&ge.has(M.left)&&ge.has(M.right)?M:null),c.root.focus()}b.addEventListener("click",Xt),m.addEventListener("click",A),p.addEventListener("sub\
mit",M=>{M.preventDefault(),O.judge=Gt(r.value),O.judge&&A()}),O.judge?A():r.focus()}Zt();})();
