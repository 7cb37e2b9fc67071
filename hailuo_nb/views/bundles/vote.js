// judge/page.js 3c1173f7d4df8cadd43457f86c6d495418004798dfb263f2f8b46e8f2f0acb96
"use strict";(()=>{var ve="http://www.w3.org/2000/svg";function p(e,t="",n={},...i){let r=document.createElement(e);t&&(r.className=t);for(let[o,l]of Object.entries(n))l!=null&&l!==!1&&r.setAttribute(o,l===!0?"":String(
l));return r.append(...i.filter(o=>o!==null)),r}function N(e,t){let n=t??"";e.textContent!==n&&(e.textContent=n),e.hidden=n===""}var X=(e,t,n)=>{e.getAttribute(
t)!==String(n)&&e.setAttribute(t,String(n))};function ke(e,t,n={}){let[i,r]=[document.createElementNS(ve,"svg"),document.createElementNS(ve,"path")];for(let[o,l]of Object.entries({viewBox:`0 0 ${t} ${t}`,...n}))
i.setAttribute(o,String(l));return r.setAttribute("d",e),i.append(r),i}async function Se(e){try{return await navigator.clipboard.writeText(e),!0}catch{return!1}}var W=e=>e.ctrlKey||e.metaKey||e.altKey;function z(e){e.preventDefault(),e.stopPropagation()}function Me({src:e}){let t=/^[^:]+:\/.*\/([^/]+)\.mp4/.exec(e)?.[1];return`This clip cannot be played: ${t?`${t}.mp4 is missing or`:"it is"} damaged.${t?` Put i\
t back beside the notebook, or %hailuo resume ${t} fetches it again, free.`:""}`}var lt={ArrowLeft:-1,ArrowRight:1};function Ae(e,t,n){let[i,r]=[e.currentTime>0||!e.paused,-1],o=null,l="",h=()=>t.querySelectorAll(".hailuo-strip img"),a=()=>!i&&
t.contains(e)&&h().length>0;function b(){for(let d of h())d.removeAttribute("data-now");r=-1,o!==null&&e.getAttribute("poster")===o&&X(e,"poster",l),o=null}function g(d){
let x=[...h()];d===r||!x[d]||((o===null||e.getAttribute("poster")!==o)&&(l=e.getAttribute("poster")??""),r=d,o=x[d].src,X(e,"poster",o),x.forEach((S,A)=>{S.toggleAttribute(
"data-now",A===d)}))}function c({clientX:d}){let{left:x,width:S}=e.getBoundingClientRect();a()&&S>0&&g(Math.min(Math.max(Math.floor(h().length*(d-x)/S),0),h().length-
1))}function u(d){let x=lt[d.key];!x||W(d)||d.shiftKey||!a()||(z(d),g(r<0?x>0?0:h().length-1:r+x))}let m=(d,x)=>{for(let S of d.split(" "))e.addEventListener(S,
x,{signal:n})};m("pointermove pointerdown",c),m("pointerleave pointercancel blur",b),m("keydown",u),m("play seeking",()=>{i=!0,b()}),m("emptied",()=>{i=!1}),e.tabIndex=
0,e.style.touchAction="pan-y",n.addEventListener("abort",()=>{b(),e.removeAttribute("tabindex"),e.style.touchAction=""})}var q=24,te=[.25,.5,1,1.5,2],G=.5/q,H=e=>Math.floor(e*q+.01),D=e=>(e+.5)/q,F=(e,t,n)=>Math.min(Math.max(e,t),n),ne=({seekable:e})=>e.length>0&&e.end(e.length-1)>
0;function Ee(e){let{audioTracks:t,mozHasAudio:n,webkitAudioDecodedByteCount:i}=e;return!!(t?.length||n||i)}var ee=new WeakMap;async function Te(e,t){let n=e.getAttribute(
"src")??"";ee.set(e,n);let r=await(await fetch(e.src,{cache:"no-store"})).blob();t.aborted||(e.src=URL.createObjectURL(r))}var Ce=e=>ee.has(e);function Le(e){let t=ee.
get(e);ee.delete(e),!(t===void 0||e.getAttribute("src")===t)&&(URL.revokeObjectURL(e.src),e.setAttribute("src",t))}var ut={" ":e=>e.toggle(),k:e=>e.toggle(),",":e=>e.
step(-1),ArrowLeft:e=>e.step(-1),".":e=>e.step(1),ArrowRight:e=>e.step(1),j:e=>e.seek(e.time()-1),l:e=>e.seek(e.time()+1),Home:e=>e.seek(0),End:e=>e.seek(e.length()),
"-":e=>e.accelerate(-1),"[":e=>e.accelerate(-1),"+":e=>e.accelerate(1),"]":e=>e.accelerate(1),r:e=>e.loop(),m:e=>e.sound(),f:e=>e.full()},dt={ArrowLeft:"j",ArrowRight:"\
l"};function Oe(e,t,n={}){let i=e.target,r=e.key.length===1?e.key.toLowerCase():e.key;if(i.closest("select,textarea,[contenteditable]")||r===" "&&i.closest("but\
ton,summary,a,.pick")||r.startsWith("Arrow")&&i.matches("[role=region]")||i.matches("video[controls]")&&(r===" "||/^(Arrow|Home|End)/.test(r)&&i!==t.video)||W(e))
return;let l=/^\d$/.test(r)&&(()=>t.seek(t.length()*Number(r)/10)),h=ut[e.shiftKey&&dt[r]||r],a=l||n[r]||h&&(()=>h(t));a&&(z(e),a())}var pt=250,ft=40,je=.3/q,ht=.25,mt=250,gt=1e3,bt=120,oe=({video:e,figure:t})=>Number.isFinite(e.duration)?e.duration:Number(t.dataset.seconds)||0,xt=e=>e.video.
currentTime>oe(e)-3*G,$e=e=>e.broken||e.wanted===null&&!e.video.seeking&&e.video.readyState>=(xt(e)?2:3);function Z(e,t=e.wanted){let{video:n}=e;if(e.wanted=t,t!==
null&&clearTimeout(e.sure),t!==null&&n.readyState<3&&(n.preload="auto"),t===null||n.seeking||n.readyState<1)return;if(!ne(n)&&!e.stuck)return void le(e);if(e.wanted=
null,e.stuck)return;let i=F(t,0,oe(e)-G);Math.abs(n.currentTime-i)>.001&&(n.currentTime=i)}function wt(e,t){let{video:n}=e,i=!e.rolling&&n.paused&&n.muted&&$e(e)&&
t===H(n.currentTime)+1&&"requestVideoFrameCallback"in n;if(e.rolling=i&&{},clearTimeout(e.sure),i||n.pause(),!i)return Z(e,D(t));let r=e.rolling,o=(h=-1)=>{if(e.
rolling===r){if(e.rolling=!1,n.pause(),h!==t||H(n.currentTime)!==t)return Z(e,D(t));e.sure=setTimeout(()=>{n.paused&&!e.stuck&&(n.currentTime=D(t))},bt)}},l=(h,{
mediaTime:a})=>{let b=Math.round(a*q);b<t?n.requestVideoFrameCallback(l):setTimeout(o,Math.max(0,1e3*(t/q-n.currentTime)+5),b)};setTimeout(o,mt),n.requestVideoFrameCallback(
l),n.playbackRate=1,n.play().catch(()=>o())}async function le(e){let{video:t}=e;if(!Ce(t))try{await Te(t,e.end.signal)}catch{e.stuck=!0,t.dispatchEvent(new Event(
"canplay"))}}function Re(e){let t={clips:[],playing:!1,loop:!0,speed:1,dragging:!1,gathering:!1,length:a,time:b,seek:c,advance:u,play:m,pause:d,step:x,accelerate:S,
ended:A},[n,i,r,o,l]=[0,0,0,0,0],h=()=>t.clips.filter(({broken:w,video:f})=>!w&&!f.ended);function a(){return Math.max(0,...t.clips.map(w=>w.broken?0:oe(w)))}function b(){
return t.playing&&!t.gathering?g():n}function g(){let w=h().filter(({video:C})=>!C.paused&&C.readyState>2),f=w.find(({video:C})=>!C.muted);if(f)return f.video.currentTime;
let E=(w.length?w:h()).map(({video:C})=>C.currentTime);return E.length?E.sort((C,T)=>C-T)[E.length-1>>1]:a()}function c(w){n=F(w,0,Math.max(0,t.length()-G)),t.gathering=
t.playing;for(let f of t.clips)f.rolling=!1,f.video.pause();for(let f of t.clips)Z(f,n);u(),e()}function u(){if(!(!t.gathering||t.dragging||!t.clips.every($e))){
t.gathering=!1,r=performance.now();for(let{video:w,broken:f}of t.clips)w.playbackRate=t.speed,f||w.play().catch(({name:E})=>E==="NotAllowedError"&&d())}}function m(){
t.playing=!0,c(n>=a()-3*G?0:n),cancelAnimationFrame(l),l=requestAnimationFrame(M)}function d(){let w=b();t.playing=!1,c(D(H(w)))}function x(w){let f=H(b())+w;if(t.
playing||w!==1||D(f)>a())return t.playing=!1,c(D(f));n=D(f);for(let E of t.clips)E.broken||wt(E,f);e()}function S(w){t.speed=w;for(let{video:f}of t.clips)f.playbackRate=
w;e()}function A(){if(!(!t.playing||t.gathering||h().length)){if(t.loop)return c(0);n=a(),t.playing=!1,e()}}function M(w){t.playing&&(l=requestAnimationFrame(M),
w-i>pt&&!t.gathering&&(i=w,$(w)),!(w-o<ft)&&(o=w,e()))}function $(w){let f=g(),E=T=>!T.broken&&!T.stuck&&f<oe(T)-3*G,C=({video:T})=>T.paused||T.readyState<3||Math.
abs(T.currentTime-f)>ht;if(w-r>gt&&t.clips.some(T=>E(T)&&C(T)))return c(f);for(let{video:T}of h()){let _=T.currentTime-f;Math.abs(_)>je?T.playbackRate=t.speed*(1-
F(1.5*_,-.1,.1)):Math.abs(_)<je/3&&(T.playbackRate=t.speed)}}return t}var _e=e=>()=>{let t=(l,h)=>e.style.setProperty(l,`${h}`),n=l=>t("--fit",l),i=()=>e.scrollHeight<=e.clientHeight,[r,o]=[30,100];if(t("--across",Math.ceil(Math.sqrt(
e.querySelectorAll("figure").length))),n(r),!i())return n(o);for(;o-r>.2;)n((r+o)/2),i()?r=(r+o)/2:o=(r+o)/2;n(r)};var Q=(e,t)=>e.length===t.length&&e.every((n,i)=>n===t[i]);function Pe(e){let t=[0,1].map(()=>p("span","tag",{dir:"auto"})),n=p("div","divider",{role:"slider",tabindex:0,
"aria-valuemin":0,"aria-valuemax":100}),i=p("div","pair"),r=p("div","stage",{hidden:""},i,...t,n),o=[],l=50;function h(g){l=F(Math.round(g),0,100),r.style.setProperty(
"--wipe",`${l}%`),n.setAttribute("aria-valuenow",String(l)),n.setAttribute("aria-valuetext",`${l}% ${t[0].textContent}`)}function a({clientX:g,pointerId:c,type:u,
button:m}){if(u==="pointerdown"&&!m&&!n.hidden&&r.setPointerCapture(c),!r.hasPointerCapture(c))return;let{left:d,width:x}=r.getBoundingClientRect();h(100*(g-d)/
x)}for(let g of["pointerdown","pointermove"])e(r,g,a);e(n,"keydown",g=>{let c={ArrowLeft:-1,ArrowDown:-1,ArrowRight:1,ArrowUp:1,PageDown:-10,PageUp:10,Home:-100,
End:100}[g.key];!c||W(g)||(z(g),h(l+c*(g.shiftKey?10:1)))});function b(g,c){if(!(Q(g,o)&&n.hidden!==c)){for(let u of o)u.home?.replaceWith(u.video);r.hidden=!g.
length,n.hidden=!c,o=g;for(let[u,m]of g.entries()){let{width:d,height:x}=m.video;u||r.style.setProperty("--ratio",String((d||16)/(x||9))),m.home=p("div","home",
{style:`aspect-ratio:${d||16}/${x||9}`}),m.video.replaceWith(m.home),i.append(m.video),t[u].textContent=`${"AB"[u]} ${m.label}`}n.setAttribute("aria-label",`Div\
ider between ${g.map(({label:u})=>u).join(" and ")}`),h(l)}}return{box:r,divider:n,show:b}}var yt=-1;function Ne(e,t){let n=[],i,r=()=>n.indexOf(i);function o(a){for(let b of t.values())b!==a&&(b.video.muted=!0);a&&(a.video.muted=!1),e.value=String(r())}
function l(a){i=n[a],o(i)}function h(a){for(let c of a)c.sounds||=Ee(c.video);let b=a.filter(({sounds:c,broken:u})=>c&&!u);if(Q(b,n))return;n=b;let g=n.map(({label:c},u)=>p(
"option","",{value:u},`♪ ${c}`));e.replaceChildren(p("option","",{value:yt},"Sound off"),...g),e.hidden=!n.length,o(n[r()])}return e.hidden=!0,{offer:h,next:()=>l(
Number(e.value)+1),pick:()=>l(Number(e.value)),changed(a){a.video.muted||a===n[r()]||(i=a,o(a))}}}var Fe="--accent:var(--jp-brand-color1,var(--vscode-focusBorder,#1976d2));",ze="--ground:var(--jp-layout-color1,var(--vscode-editor-background,Canvas));--text:v\
ar(--jp-content-font-color1,var(--vscode-foreground));";var De=`.hailuo-compare{${Fe}${ze}
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
@media print{.tools{display:none}}}`;var ue="M3 1.5v11l9.5-5.5z",Ie="M3 2h3v10H3zM8 2h3v10H8z",vt="M9 2v10L4 7z",kt="M5 2v10l5-5z",St="M2 2h5L2 7zM12 12H7l5-5z",Mt={play:["Play","Space",ue],start:[
"To the start","Home","M2 2h2v10H2zM12 2v10L5 7z"],back:["Previous frame",",",vt],next:["Next frame",".",kt],end:["To the end","End","M10 2h2v10h-2zM2 2v10l7-5z"],
loop:["Loop","R"],wipe:["Wipe","W"],difference:["Difference","D; four times as bright as it is"],frames:["Frames","S; each clip from start to end"],full:["Full \
screen","F",St],help:["Keys","?",""]},re={"Space K":"play or pause","← → , .":"one frame","Shift+← Shift+→ J L":"one second","Home End 0…9":"to the st\
art, the end, a tenth between","− + [ ]":"slower, faster",R:"loop",M:"sound of the next clip, and off",W:"wipe between two clips; then ← → move the divider",
D:"difference of two clips, made bright",S:"frames of each clip, from start to end",X:"swap A and B",F:"full screen",Esc:"back to side by side"},de=e=>ke(e,14);
function At(){let e=te.map(t=>p("option","",{value:t},`${t}×`));return p("select","",{"aria-label":"Speed"},...e)}function Be(){let e={};for(let[d,[x,S,A]]of Object.
entries(Mt))e[d]=p("button","",{type:"button",title:`${x} (${S})`},A?de(A):A===""?S:x),A!==void 0&&(e[d].ariaLabel=x);let[t,n]=["A","B"].map(d=>p("select","",{"\
aria-label":`Clip ${d}`})),{play:i,start:r,back:o,next:l,end:h,loop:a,wipe:b,difference:g,frames:c,full:u,help:m}=e;return{play:i,start:r,back:o,next:l,end:h,slider:p(
"input","",{type:"range",min:0,step:"any","aria-label":"Time of all clips"}),time:p("output","",{"aria-live":"off"}),sound:p("select","",{"aria-label":"Sound",title:"\
Which clip is heard (M)"}),loop:a,speed:Object.assign(At(),{title:"Speed (− and +)"}),wipe:b,difference:g,a:t,b:n,frames:c,full:u,help:m}}var Et=4e3;function qe(e,t){
let n=p("span","",{role:"status"}),i=p("button","",{type:"button",title:`Vote blind: copies ${e}`},"Judge");return t(i,"click",async()=>{n.textContent=await Se(
e)?"Copied: paste it into a cell.":e,setTimeout(()=>{n.textContent=""},Et)}),[i,n]}function He(e,t){let n=Object.entries(t).map(([o,l])=>p("div","",{role:"listi\
tem"},p("span","",{},...o.split(" ").map(h=>p("kbd","",{},h))),p("span","",{},l))),i=p("button","",{type:"button"},"Close"),r=p("dialog","help",{"aria-label":"K\
eys"},p("strong","",{},"Keys"),p("div","keys",{role:"list"},...n),i);return e(i,"click",()=>r.close()),e(r,"keydown",o=>{o.stopPropagation(),o.key==="?"&&r.close()}),
r}var ie=9,Tt=4,Ct=5e3,pe=Lt(Symbol.for("hailuo.kept"),()=>new Map);function Lt(e,t){let n=window;return n[e]??=t(),n[e]}function Ke(e,{more:t={},keys:n=re}={}){e.
dataset.compare="on";let i=new AbortController,r=(s,y,j,{signal:k}=i)=>s.addEventListener(y,j,{signal:k}),[o,l,h,a]=[Be(),Pe(r),He(r,n),Re(P)],b=_e(e),g=p("div",
"tools",{role:"group","aria-label":"All clips together"},...Object.values(o));e.dataset.judge&&g.append(...qe(e.dataset.judge,r));let c=new Map,u=Ne(o.sound,c),
m=new Map,d="side",x=!1,S=[],A=()=>[...c.values()].filter(({picked:s})=>s);function M(s,y){let j=s.dataset.label??"",k={figure:s,video:y,label:j,wanted:null,broken:!1,
end:new AbortController,tick:p("input","pick",{type:"checkbox","aria-label":`Compare ${j}`,title:"Compare"}),note:p("p","",{role:"alert",style:"margin:0;font-si\
ze:12px"})},v=(L,B)=>r(y,L,B,k.end);v("loadedmetadata",()=>{ne(y)||le(k),$(k,!1),P()});for(let L of["loadedmetadata","canplay","seeked"])v(L,()=>{Z(k),a.advance()});
for(let L of["loadeddata","timeupdate"])v(L,P);return v("volumechange",()=>u.changed(k)),v("ended",a.ended),v("error",()=>$(k,!0)),r(k.tick,"change",()=>{m.set(
k.label,k.tick.checked),_()},k.end),Ae(y,s,k.end.signal),y.error&&$(k,!0),k}function $(s,y){s.broken=y,s.note.textContent=y?Me(s.video):"",y&&s.figure.append(s.
note),a.advance(),a.ended(),P()}function w(s,y){s.picked!==y&&(s.picked=y,s.video.paused||s.video.pause(),Object.assign(s.video,{controls:!1,loop:!y,muted:!0,playbackRate:y?
a.speed:1}))}function f(s){s.end.abort(),w(s,!1),s.video.controls=!0,s.tick.remove(),s.note.remove(),Le(s.video)}let E=()=>e.querySelectorAll(".hailuo-frames");
function C(s=x){x=s;for(let y of E())y.open=s;o.frames.ariaPressed=String(s),o.frames.hidden=!e.querySelector(".hailuo-strip img"),e===document.fullscreenElement&&
b()}function T(){C();let s=e.querySelectorAll("figure.hailuo-clip"),y=new Map;for(let k of s){let v=c.get(k),B=v!==void 0&&d!=="side"&&S.includes(v)?v.video:k.querySelector(
"video[src]");B&&y.set(k,v?.video===B?v:M(k,B))}let j=[...c].filter(([k,v])=>y.get(k)!==v).map(([,k])=>k);if(!(!j.length&&y.size===c.size)){j.some(k=>S.includes(
k))&&R("side"),j.forEach(f),c.clear();for(let[k,v]of y)c.set(k,v);_()}}function _(){let s=e.querySelectorAll("figure.hailuo-clip").length,y=e.matches(".hailuo-g\
rid")||s>ie,j=(s>ie?Tt:ie)-A().length;for(let v of c.values())w(v,m.get(v.label)??v.picked??j-- >0);let k=A().length>=ie;for(let v of c.values()){Object.assign(
v.tick,{checked:v.picked,disabled:k&&!v.picked});let L=v.figure.querySelector("figcaption > p")??v.figure.querySelector("figcaption")??v.figure;y?v.tick.isConnected||
L.prepend(v.tick):v.tick.remove()}for(let[v,L]of[o.a,o.b].entries())L.replaceChildren(...A().map(({label:B},ct)=>p("option","",{value:ct},`${"AB"[v]} ${B}`))),L.
value=String(F(A().indexOf(S[v]),v,A().length-1));R(A().length>1?d:"side")}function R(s){let[y,j]=[a.time(),l.divider.matches(":focus")];S=[o.a,o.b].map(({value:L})=>A()[Number(
L)]),S[0]===S[1]&&(S[1]=A().find(L=>L!==S[0])),[o.a.value,o.b.value]=S.map(L=>String(A().indexOf(L))),d=s,d==="side"?delete e.dataset.view:e.dataset.view=d,l.show(
d==="side"?[]:S,d==="wipe");let k=d==="side"?A():S,v=Q(k,a.clips);for(let L of a.clips)k.includes(L)||L.video.pause();a.clips=k,!v&&(a.playing||y>0)&&a.seek(y),
j&&d!=="wipe"&&e.focus(),P()}function P(){let[s,y,j]=[a.length(),a.time(),d==="side"],k=`${y.toFixed(2)} / ${s.toFixed(2)} s`,v=a.playing?"Pause":"Play";o.time.
textContent!==k&&(o.time.textContent=k),a.dragging||Object.assign(o.slider,{max:s||1,value:y}),a.playing||(o.slider.ariaValueText=`${k}, frame ${H(y)}`),o.play.
ariaLabel!==v&&(Object.assign(o.play,{ariaLabel:v,title:`${v} (Space)`}),o.play.replaceChildren(de(a.playing?Ie:ue))),e.toggleAttribute("data-playing",a.playing&&
s>0),o.loop.ariaPressed=String(a.loop);for(let L of["wipe","difference"])o[L].ariaPressed=String(d===L);o.a.hidden=o.b.hidden=j,o.wipe.hidden=o.difference.hidden=
A().length<2,g.hidden=c.size===0,u.offer(a.clips)}let be=s=>{A().length>1&&R(d===s?"side":s)},U={toggle:()=>a.playing?a.pause():a.play(),step:a.step,seek:a.seek,
time:a.time,length:a.length,loop:()=>{a.loop=!a.loop,P()},accelerate(s){o.speed.selectedIndex=F(o.speed.selectedIndex+s,0,te.length-1),a.accelerate(Number(o.speed.
value))},sound:u.next,full:()=>{(document.fullscreenElement?document.exitFullscreen():e.requestFullscreen?.())?.catch(()=>{})}},ot=()=>{[o.a.value,o.b.value]=[o.
b.value,o.a.value],R(d)},V={play:U.toggle,start:()=>a.seek(0),back:()=>a.step(-1),next:()=>a.step(1),end:()=>a.seek(a.length()),loop:U.loop,wipe:()=>be("wipe"),
difference:()=>be("difference"),frames:()=>C(!x),full:U.full,help:()=>h.showModal()},xe={d:V.difference,s:V.frames,x:ot,"?":V.help,w:()=>{V.wipe(),d==="wipe"&&l.
divider.focus()},...t};function rt(s){a.clips.length&&Oe(s,U,d==="side"?xe:{...xe,Escape:()=>R("side")})}let Y=e.querySelector(".hailuo-bar")??p("div","hailuo-b\
ar",{style:"margin:8px 0"}),se=[l.box,p("style","",{},De),g,h];Y.isConnected||(e.prepend(Y),se.push(Y)),Y.after(l.box),Y.append(...se.slice(1,4)),Object.assign(
e,{tabIndex:0,role:"group",ariaLabel:e.ariaLabel??"Clips that play together"}),e.dataset.lmSuppressShortcuts="true",o.speed.value="1",o.full.hidden=!document.fullscreenEnabled;
for(let[s,y]of Object.entries(V))r(o[s],"click",y);r(o.sound,"change",u.pick),r(o.speed,"change",()=>U.accelerate(0));for(let s of[o.a,o.b])r(s,"change",()=>R(d));
r(o.slider,"pointerdown",({button:s})=>{a.dragging=s===0});for(let s of["pointerup","pointercancel"])r(o.slider,s,()=>{a.dragging=!1,a.advance()});r(o.slider,"i\
nput",()=>a.seek(Number(o.slider.value))),r(e,"keydown",rt),r(e,"fullscreenchange",b),r(window,"resize",b),r(e,"click",({target:s})=>{let y=[...c.values()].find(
({video:j})=>j===s);if(!(!y||s.controls||y.picked&&d!=="side")){if(y.picked)return V.play();s.controls=!0,s.play().catch(()=>{})}}),r(Y,"pointerenter",()=>{for(let{
video:s}of a.clips)s.preload="auto"});function it(s){for(let[y,j]of s.choices)m.set(y,j);_(),o.speed.value=s.speed,a.loop=s.loop,U.accelerate(0),R(A().length>1?
s.view:"side"),C(s.isOpen),a.seek(s.time_s),s.playing&&a.play()}T();let ce=pe.get(e.dataset.grid??"");pe.delete(e.dataset.grid??""),ce&&performance.now()-ce.at_ms<
Ct&&it(ce);let we=a.clips.find(({video:s})=>s.currentTime>0);we&&a.seek(we.video.currentTime);let ye=new MutationObserver(T);ye.observe(e,{childList:!0,subtree:!0});
function at(){e.dataset.grid&&pe.set(e.dataset.grid,{at_ms:performance.now(),time_s:a.time(),playing:a.playing,loop:a.loop,speed:o.speed.value,view:d,isOpen:x,choices:m}),
ye.disconnect(),i.abort(),a.playing=!1,delete e.dataset.playing,delete e.dataset.view,l.show([],!1);for(let s of c.values())f(s);for(let s of se)s.remove()}function st(s){
T(),a.seek(0),s&&a.play()}return Object.assign(at,{restart:st})}var fe={left:["A is better","A","A was better."],tie:["No difference","T","No difference."],right:["B is better","B","B was better."],skip:["Skip","S","Skipped."],
undo:["Undo","U","Taken back."],enough:["","E"]},Ue={A:"clip A is better",B:"clip B is better",T:"no difference",S:"skip: no answer","U Backspace":"take the las\
t vote back",E:"enough for now: end, or pause"},{X:jn,...Ot}=re,jt={...Ue,...Ot,...Ue};function $t(e,t){let[n,i]=e.box_px,r=`aspect-ratio:${n}/${i}`,o=e.poster?
p("img","seen",{src:e.poster,alt:`Clip ${t}`,width:n,height:i,style:r}):p("div","seen",{style:r}),l=p("figcaption","",{},p("strong","",{},t));return p("figure",
"hailuo-clip",{"data-label":t==="A"?"left":"right","data-seconds":e.seconds},o,l)}function Rt(e,t,n){let[i,r]=e.box_px,o=`aspect-ratio:${i}/${r}`,l={src:n,poster:e.
poster||null,title:`Clip ${t}`,width:i,height:r,style:o},h=p("video","seen",{...l,loop:!0,playsinline:!0,preload:"auto"});return h.muted=!0,h}function _t(e){let t=Object.
fromEntries(Object.entries(fe).map(([h,[a,b]])=>[h,p("button",h,{type:"button"},a||e," ",p("kbd","",{"aria-hidden":"true"},b))])),n={bar:p("div","hailuo-bar"),clips:p(
"div","hailuo-clips"),said:p("span","said"),progress:p("span",""),trouble:p("p","trouble",{role:"alert",hidden:!0}),mark:p("strong","badge",{hidden:!0,title:"Ma\
de by the built-in simulator"},"SIMULATED")},i=p("p","asked",{},"Which clip is better? ",n.mark),r=p("p","progress",{role:"status"},n.said," ",n.progress),o=p("\
div","votes",{role:"group","aria-label":"Your vote"},...Object.values(t));return{root:p("div","hailuo-compare hailuo-judge",{"aria-label":"Two clips to choose b\
etween",role:"group",tabindex:0},i,n.bar,n.clips,o,r,n.trouble),buttons:t,...n}}function Ve(e,t){let{root:n,buttons:i,clips:r,said:o,progress:l,trouble:h,mark:a}=_t(
t),b=null,g=null,[c,u]=[!1,""],m=new AbortController,d=matchMedia("(prefers-reduced-motion: reduce)").matches;function x(f){c||!b||f==="undo"&&!b.can_undo||(S(!0),
u=fe[f][2]??"",f==="undo"?e.undo(b.turn):f==="enough"?e.enough():e.vote(b.turn,f))}function S(f){c=f;for(let[E,C]of Object.entries(i))X(C,"aria-disabled",f||E===
"undo"&&!b?.can_undo)}let A=Object.fromEntries(Object.entries(fe).map(([f,[,E]])=>[E.toLowerCase(),()=>x(f)])),M={...A,Backspace:()=>x("undo"),x:()=>{}};async function $(f,E){
let C=f.clips.map((_,R)=>$t(_,"AB"[R]));r.replaceChildren(...C);let T=await Promise.all(f.clips.map(e.source));b!==f||m.signal.aborted||(f.clips.forEach((_,R)=>{
let P=Rt(_,"AB"[R],T[R]);e.watch(P,_),C[R].firstElementChild?.replaceWith(P)}),g??=Ke(n,{more:M,keys:jt}),g.restart(E&&!d))}for(let[f,E]of Object.entries(i))E.addEventListener(
"click",()=>x(f),{signal:m.signal});let w=f=>{f.repeat&&f.key.toLowerCase()in A&&z(f)};return n.addEventListener("keydown",w,{capture:!0,signal:m.signal}),S(!0),
{root:n,wait:S,draw(f){let E=b;b=f,S(!1),N(o,u),N(l,f.progress),N(h,""),a.hidden=!f.clips.every(({simulated:C})=>C),n.toggleAttribute("data-decided",f.decided),
(E?.turn!==f.turn||!r.childElementCount)&&$(f,E!==null)},fail(f){S(!1),N(h,f)},leave(){m.abort(),g?.(),n.remove()}}}function Pt(e){let t=new Set(e.map(({undoes:n})=>n));return e.filter(({id:n,undoes:i})=>i===null&&!t.has(n))}var K=(e,t)=>Array.from({length:e},(n,i)=>Array.from(
{length:e},(r,o)=>t(i,o))),J=e=>e.reduce((t,n)=>t+n,0);function Nt(e){let t=K(e.length,()=>0);for(let n=0;n<e.length;n+=1)for(let i=0;i<=n;i+=1){let r=e[n][i]-J(
t[i].slice(0,i).map((o,l)=>o*t[n][l]));t[n][i]=n===i?Math.sqrt(r):r/t[i][i]}return t}function Ge(e,t){let n=[];for(let[i,r]of t.entries())n.push((r-J(n.map((o,l)=>o*
e[i][l])))/e[i][i]);return n}function Je(e,t){let n=t.map(()=>0);for(let i=t.length-1;i>=0;i-=1){let r=t[i];for(let o=i+1;o<t.length;o+=1)r-=e[o][i]*n[o];n[i]=r/
e[i][i]}return n}function Ye(e){let t=e.length,n=Array.from({length:t},()=>0),i=K(t,()=>0);for(let r=0;r<50;r+=1){let o=K(t,(c,u)=>1/(1+Math.exp(n[u]-n[c]))),l=(c,u)=>e[c][u]+
e[u][c],h=K(t,(c,u)=>l(c,u)*o[c][u]*(1-o[c][u])),a=K(t,(c,u)=>(c===u?.3+J(h[c]):0)-h[c][u]),b=n.map((c,u)=>J(e[u].map((m,d)=>m-l(u,d)*o[u][d]))-.3*c);i=Nt(a);let g=Je(
i,Ge(i,b));if(n=n.map((c,u)=>c+g[u]),g.every(c=>Math.abs(c)<1e-10))break}return{strengths:n,low:i}}var Xe=e=>e.indexOf(Math.max(...e));function Ze({strengths:e,
low:t}){let n=Xe(e),i=e.map((r,o)=>{if(o===n)return Number.POSITIVE_INFINITY;let l=Ge(t,e.map((h,a)=>+(a===n)-+(a===o)));return(e[n]-r)/Math.sqrt(J(l.map(h=>h*h)))});
return{best:n,gaps:i}}var Ft=e=>2.85-.05*Math.log2(Math.min(Math.max(e,2),16)/2);function zt(){return Math.sqrt(-2*Math.log(1-Math.random()))*Math.cos(2*Math.PI*
Math.random())}function Dt(e){let t=()=>{let h=Je(e.low,e.strengths.map(zt));return Xe(e.strengths.map((a,b)=>a+h[b]))},[n,i]=[t(),t()];if(n!==i)return[n,i];let{
best:r,gaps:o}=Ze(e),l=o.indexOf(Math.min(...o));return[n,n===l?r:l]}var he=e=>e[Math.floor(Math.random()*e.length)],We=({left:e,right:t})=>[e,t].sort().join(" ");
function It(e){let t=new Set(e.slice(-3).map(We)),n=new Map;for(let r of e){let o=We(r),l=(n.get(o)?.times??0)+Number(r.repeat);r.outcome!=="skip"&&!t.has(o)&&n.
set(o,{vote:r,times:l})}let i=Math.min(...[...n.values()].map(({times:r})=>r));return[...n.values()].filter(({times:r})=>r===i).map(({vote:r})=>r)}function ae(e,t){
let n=1+Math.max(...e.values()),i=Pt(t),r=g=>e.get(g),o=K(n,()=>0),l=K(n,()=>0),h=new Map;for(let{left:g,right:c,outcome:u}of i){let[m,d]=[r(g),r(c)];for(let x of[
g,c])h.set(x,(h.get(x)??0)+1);l[m][d]=l[d][m]=1,!(u==="skip"||m===d)&&(o[m][d]+={left:1,right:0,tie:.5}[u],o[d][m]+={left:0,right:1,tie:.5}[u])}function a(){let g=l.
map(m=>J(m)<15),u=l.flatMap((m,d)=>m.map((x,S)=>[d,S,x]).filter(([,x,S])=>x>d&&!S)).filter(([m,d])=>g[m]||g[d]);return u.length?he(u).slice(0,2):null}function b(g){
let c=[...e].filter(([,m])=>m===g).map(([m])=>m),u=Math.min(...c.map(m=>h.get(m)??0));return he(c.filter(m=>(h.get(m)??0)===u))}return{votes:i,next(){let g=It(i);
if(g.length&&Math.random()*10<1){let{left:x,right:S}=he(g);return{left:S,right:x,repeat:!0}}let[c,u]=a()??Dt(Ye(o)),[m,d]=Math.random()<.5?[c,u]:[u,c];return{left:b(
m),right:b(d),repeat:!1}},isDecided:()=>i.length>0&&!a()&&Math.min(...Ze(Ye(o)).gaps)>Ft(n)}}var Bt=1,tt=100,qt=2e4,I=JSON.parse(document.getElementById("asked")?.textContent??""),me=new Map(I.clips.map(e=>[e.id,e])),ge=new Map(I.clips.map(({id:e,prompt:t})=>[
e,t])),nt=`hailuo-votes ${I.experiment} ${I.digest}`,O={judge:"",votes:[],pair:null};try{Object.assign(O,JSON.parse(localStorage.getItem(nt)??"{}"))}catch{}function Ht(){
try{return localStorage.setItem(nt,JSON.stringify(O)),!0}catch{return!1}}function Qe(){return[...crypto.getRandomValues(new Uint8Array(16))].map(t=>t.toString(16).
padStart(2,"0")).join("")}function et(){let e=Math.max(0,...O.votes.map(({at:t})=>t));return Math.max(Date.now()/1e3,e+.001)}function Kt(e){return[...e.replace(
/[\p{C}\p{Zl}\p{Zp}]/gu,"").replace(/\p{Zs}/gu," ").trim()].slice(0,tt).join("").trim()}function Ut(){let{experiment:e,digest:t}=I;return JSON.stringify({votes_version:Bt,
experiment:e,digest:t,votes:O.votes},null,1)}function Vt(){let e=URL.createObjectURL(new Blob([Ut()],{type:"application/json"})),t=i=>i.replace(/[^\p{L}\p{N}]+/gu,
"-").slice(0,40);p("a","",{href:e,download:`votes-${t(I.experiment)}-${t(O.judge)}.json`}).click(),setTimeout(()=>URL.revokeObjectURL(e),1e4)}function Yt(){let[
e,t]=[document.querySelector("main"),p("h1")];N(t,I.experiment?`Vote: ${I.experiment}`:"Vote");let n=p("p","",{role:"status",hidden:!0}),i=p("input","",{id:"nam\
e",maxlength:tt,autocomplete:"name",required:!0}),r="Two clips at a time: say which is better. What you say stays on this page until you hand in its file.",o=p(
"button","",{type:"submit"},"Begin"),l=p("label","",{for:"name"},"Your name, as the result will call you "),h=p("form","hailuo-judged",{},p("p","",{},r),l,i," ",
o),a=p("p"),[b,g]=["Save the votes","Go on voting"].map(M=>p("button","",{type:"button"},M)),c=p("section","hailuo-judged",{hidden:!0,"aria-label":"Your votes"},
a,b," ",g),u=Ve({vote:d,undo:x,enough:S,source:async({src:M})=>M??"",watch(){}},"Done for now");u.root.hidden=!0,e.append(t,n,h,u.root,c);function m(M){let $=ae(
ge,O.votes);O.pair=M??$.next(),Ht()||N(n,"This browser keeps no votes: save them before you close the page.");let w=$.votes.length,f=`${w} vote${w===1?"":"s"} o\
f yours.`,E=$.isDecided(),C=[O.pair.left,O.pair.right].map(T=>me.get(T));return u.draw({turn:O.votes.length,clips:C,progress:E?`${f} By them one is better than \
each other one.`:f,can_undo:w>0,decided:E}),w}function d(M,$){if(!(!O.pair||M!==O.votes.length)){if(M>=qt)return u.fail("This page holds no more votes: save the\
m.");O.votes.push({id:Qe(),judge:O.judge,...O.pair,outcome:$,at:et(),undoes:null}),m()}}function x(){let M=ae(ge,O.votes).votes.at(-1);if(!M)return;O.votes.push(
{...M,id:Qe(),at:et(),undoes:M.id});let{left:$,right:w,repeat:f}=M;m({left:$,right:w,repeat:f})}function S(){let M=ae(ge,O.votes).votes.length;N(a,`Thank you, ${O.
judge}: ${M} vote${M===1?"":"s"}. Save the file and hand it in.`),u.wait(!1),u.root.hidden=!0,c.hidden=!1,b.focus()}function A(){h.hidden=c.hidden=!0,u.root.hidden=
!1;let M=O.pair;m(M&&me.has(M.left)&&me.has(M.right)?M:null),u.root.focus()}b.addEventListener("click",Vt),g.addEventListener("click",A),h.addEventListener("sub\
mit",M=>{M.preventDefault(),O.judge=Kt(i.value),O.judge&&A()}),O.judge?A():i.focus()}Yt();})();
