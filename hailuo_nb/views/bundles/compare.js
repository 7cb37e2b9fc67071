// compare/saved.js e5485eeb163fc7119d1facde5dbf9a92457802851156c1d401865b60027be9c4
"use strict";(()=>{var re="http://www.w3.org/2000/svg";function h(e,t="",o={},...i){let a=document.createElement(e);t&&(a.className=t);for(let[f,n]of Object.entries(o))n!=null&&n!==!1&&a.setAttribute(f,n===!0?"":String(
n));return a.append(...i.filter(f=>f!==null)),a}function ae(e,t,o={}){let[i,a]=[document.createElementNS(re,"svg"),document.createElementNS(re,"path")];for(let[f,n]of Object.entries({viewBox:`0 0 ${t} ${t}`,...o}))
i.setAttribute(f,String(n));return a.setAttribute("d",e),i.append(a),i}var N=e=>e.ctrlKey||e.metaKey||e.altKey;function W(e){e.preventDefault(),e.stopPropagation()}function se(e,t){let o=t(e);new IntersectionObserver(()=>{e.isConnected?
o??=t(e):(o?.(),o=null)}).observe(e)}var R=24,U=[.25,.5,1,1.5,2],_=.5/R,$=e=>Math.floor(e*R+.01),O=e=>(e+.5)/R,z=(e,t,o)=>Math.min(Math.max(e,t),o),I=({seekable:e})=>e.length>0&&e.end(e.length-1)>0;
function le(e){let{audioTracks:t,mozHasAudio:o,webkitAudioDecodedByteCount:i}=e;return!!(t?.length||o||i)}var B=new WeakMap;async function ce(e,t){let o=e.getAttribute(
"src")??"";B.set(e,o);let a=await(await fetch(e.src,{cache:"no-store"})).blob();t.aborted||(e.src=URL.createObjectURL(a))}var de=e=>B.has(e);function pe(e){let t=B.
get(e);B.delete(e),!(t===void 0||e.getAttribute("src")===t)&&(URL.revokeObjectURL(e.src),e.setAttribute("src",t))}var Ce={" ":e=>e.toggle(),k:e=>e.toggle(),",":e=>e.
step(-1),ArrowLeft:e=>e.step(-1),".":e=>e.step(1),ArrowRight:e=>e.step(1),j:e=>e.seek(e.time()-1),l:e=>e.seek(e.time()+1),Home:e=>e.seek(0),End:e=>e.seek(e.length()),
"-":e=>e.accelerate(-1),"[":e=>e.accelerate(-1),"+":e=>e.accelerate(1),"]":e=>e.accelerate(1),r:e=>e.loop(),m:e=>e.sound(),f:e=>e.full()},Ee={ArrowLeft:"j",ArrowRight:"\
l"};function ue(e,t,o={}){let i=e.target,a=e.key.length===1?e.key.toLowerCase():e.key;if(i.closest("select,textarea,[contenteditable]")||a===" "&&i.closest("but\
ton,summary,a,.pick")||a.startsWith("Arrow")&&i.matches("[role=region]")||/^( |Arrow|Home|End)/.test(a)&&i.matches("video:is([controls],:fullscreen)")||N(e))return;
let n=/^\d$/.test(a)&&(()=>t.seek(t.length()*Number(a)/10)),x=Ce[e.shiftKey&&Ee[a]||a],l=n||o[a]||x&&(()=>x(t));l&&(W(e),l())}var Le=250,ze=40,fe=.3/R,Pe=.25,Oe=250,Fe=1e3,He=120,V=({video:e,figure:t})=>Number.isFinite(e.duration)?e.duration:Number(t.dataset.seconds)||0,Re=e=>e.video.currentTime>
V(e)-3*_,he=e=>e.broken||e.wanted===null&&!e.video.seeking&&e.video.readyState>=(Re(e)?2:3);function q(e,t=e.wanted){let{video:o}=e;if(e.wanted=t,t!==null&&clearTimeout(
e.sure),o.readyState<1&&(o.preload="auto"),t===null||o.seeking||o.readyState<1)return;if(!I(o)&&!e.stuck)return void J(e);if(e.wanted=null,e.stuck)return;let i=z(
t,0,V(e)-_);Math.abs(o.currentTime-i)>.001&&(o.currentTime=i)}function $e(e,t){let{video:o}=e,i=!e.rolling&&o.paused&&o.muted&&he(e)&&t===$(o.currentTime)+1&&"r\
equestVideoFrameCallback"in o;if(e.rolling=i&&{},clearTimeout(e.sure),i||o.pause(),!i)return q(e,O(t));let a=e.rolling,f=(x=-1)=>{if(e.rolling===a){if(e.rolling=
!1,o.pause(),x!==t||$(o.currentTime)!==t)return q(e,O(t));e.sure=setTimeout(()=>{o.paused&&!e.stuck&&(o.currentTime=O(t))},He)}},n=(x,{mediaTime:l})=>{let v=Math.
round(l*R);v<t?o.requestVideoFrameCallback(n):setTimeout(f,Math.max(0,1e3*(t/R-o.currentTime)+5),v)};setTimeout(f,Oe),o.requestVideoFrameCallback(n),o.playbackRate=
1,o.play().catch(()=>f())}async function J(e){let{video:t}=e;if(!de(t))try{await ce(t,e.end.signal)}catch{e.stuck=!0,t.dispatchEvent(new Event("canplay"))}}function ge(e){
let t={clips:[],playing:!1,loop:!0,speed:1,dragging:!1,gathering:!1,length:l,time:v,seek:s,advance:g,play:y,pause:C,step:k,accelerate:P,ended:F},[o,i,a,f,n]=[0,
0,0,0,0],x=()=>t.clips.filter(({broken:d,video:m})=>!d&&!m.ended);function l(){return Math.max(0,...t.clips.map(d=>d.broken?0:V(d)))}function v(){return t.playing&&
!t.gathering?b():o}function b(){let d=x().filter(({video:A})=>!A.paused&&A.readyState>2),m=d.find(({video:A})=>!A.muted);if(m)return m.video.currentTime;let T=(d.
length?d:x()).map(({video:A})=>A.currentTime);return T.length?T.sort((A,S)=>A-S)[T.length-1>>1]:l()}function s(d){o=z(d,0,Math.max(0,t.length()-_)),t.gathering=
t.playing;for(let m of t.clips)m.rolling=!1,m.video.pause();for(let m of t.clips)q(m,o);g(),e()}function g(){if(!(!t.gathering||t.dragging||!t.clips.every(he))){
t.gathering=!1;for(let{video:d,broken:m}of t.clips)d.playbackRate=t.speed,m||d.play().catch(({name:T})=>T==="NotAllowedError"&&C())}}function y(){t.playing=!0,s(
o>=l()-3*_?0:o),cancelAnimationFrame(n),n=requestAnimationFrame(E)}function C(){let d=v();t.playing=!1,s(O($(d)))}function k(d){let m=$(v())+d;if(t.playing||d!==
1||O(m)>l())return t.playing=!1,s(O(m));o=O(m);for(let T of t.clips)T.broken||$e(T,m);e()}function P(d){t.speed=d;for(let{video:m}of t.clips)m.playbackRate=d;e()}
function F(){if(!(!t.playing||t.gathering||x().length)){if(t.loop)return s(0);o=l(),t.playing=!1,e()}}function E(d){t.playing&&(n=requestAnimationFrame(E),d-i>Le&&
!t.gathering&&(i=d,D(d)),!(d-f<ze)&&(f=d,e()))}function D(d){let m=b(),T=S=>!S.broken&&!S.stuck&&m<V(S)-3*_,A=({video:S})=>S.paused||S.readyState<3||Math.abs(S.
currentTime-m)>Pe;if(d-a>Fe&&t.clips.some(S=>T(S)&&A(S)))return a=d,s(m);for(let{video:S}of x()){let L=S.currentTime-m;Math.abs(L)>fe?S.playbackRate=t.speed*(1-
z(1.5*L,-.1,.1)):Math.abs(L)<fe/3&&(S.playbackRate=t.speed)}}return t}function me(e){let t=new Map;function o(i){for(let a of t.keys())a.style.maxWidth=`${i}px`}return()=>{for(let[n,x]of t)n.style.maxWidth=x;if(t.clear(),document.
fullscreenElement!==e||!e.matches(".hailuo-grid"))return;for(let n of e.querySelectorAll("table, .wrapped"))t.set(n,n.style.maxWidth),n.style.setProperty("--acr\
oss",String(Math.ceil(Math.sqrt(n.childElementCount))));let i=()=>e.scrollHeight<=e.clientHeight,[a,f]=[.3*e.clientWidth,e.clientWidth];if(o(a),!i())return o(f);
for(let n=0;n<9;n+=1){let x=(a+f)/2;o(x),i()?a=x:f=x}o(a)}}var K=(e,t)=>e.length===t.length&&e.every((o,i)=>o===t[i]);function be(e){let t=[0,1].map(()=>h("span","tag",{dir:"auto"})),o=h("div","divider",{role:"slider",tabindex:0,
"aria-valuemin":0,"aria-valuemax":100}),i=h("div","pair"),a=h("div","stage",{hidden:""},i,...t,o),f=[],n=50;function x(b){n=z(Math.round(b),0,100),a.style.setProperty(
"--wipe",`${n}%`),o.setAttribute("aria-valuenow",String(n)),o.setAttribute("aria-valuetext",`${n}% ${t[0].textContent}`)}function l({clientX:b,pointerId:s,type:g,
button:y}){if(g==="pointerdown"&&!y&&!o.hidden&&a.setPointerCapture(s),!a.hasPointerCapture(s))return;let{left:C,width:k}=a.getBoundingClientRect();x(100*(b-C)/
k)}for(let b of["pointerdown","pointermove"])e(a,b,l);e(o,"keydown",b=>{let s={ArrowLeft:-1,ArrowDown:-1,ArrowRight:1,ArrowUp:1,PageDown:-10,PageUp:10,Home:-100,
End:100}[b.key];!s||N(b)||(W(b),x(n+s*(b.shiftKey?10:1)))});function v(b,s){if(!(K(b,f)&&o.hidden!==s)){for(let g of f)g.home?.replaceWith(g.video);a.hidden=!b.
length,o.hidden=!s,f=b;for(let[g,y]of b.entries()){let{width:C,height:k}=y.video;g||a.style.setProperty("--ratio",String((C||16)/(k||9))),y.home=h("div","home",
{style:`aspect-ratio:${C||16}/${k||9}`}),y.video.replaceWith(y.home),i.append(y.video),t[g].textContent=`${"AB"[g]} ${y.label}`}o.setAttribute("aria-label",`Div\
ider between ${b.map(({label:g})=>g).join(" and ")}`),x(n)}}return{box:a,divider:o,show:v}}var je=-1;function xe(e,t){let o=[],i,a=()=>o.indexOf(i);function f(l){for(let v of t.values())v!==l&&(v.video.muted=!0);l&&(l.video.muted=!1),e.value=String(a())}
function n(l){i=o[l],f(i)}function x(l){for(let s of l)s.sounds||=le(s.video);let v=l.filter(({sounds:s,broken:g})=>s&&!g);if(K(v,o))return;o=v;let b=o.map(({label:s},g)=>h(
"option","",{value:g},`♪ ${s}`));e.replaceChildren(h("option","",{value:je},"Sound off"),...b),e.hidden=!o.length,f(o[a()])}return e.hidden=!0,{offer:x,next:()=>n(
Number(e.value)+1),pick:()=>n(Number(e.value)),changed(l){l.video.muted||l===o[a()]||(i=l,f(l))}}}var ye=`.hailuo-compare{
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
&.hailuo-grid :is(table,.wrapped){margin:0 auto!important}
.wrapped{grid-template-columns:repeat(var(--across),minmax(0,1fr))!important}}
@media (forced-colors:active){.tools button[aria-pressed=true]{color:HighlightText;background:Highlight;forced-color-adjust:none}}
@media print{.tools{display:none}}}`;var Q="M3 1.5v11l9.5-5.5z",we="M3 2h3v10H3zM8 2h3v10H8z",_e={play:["Play","Space",Q],start:["To the start","Home","M2 2h2v10H2zM12 2v10L5 7z"],back:["Previous f\
rame",",","M9.5 2v10L4 7z"],next:["Next frame",".","M4.5 2v10L10 7z"],end:["To the end","End","M10 2h2v10h-2zM2 2v10l7-5z"],loop:["Loop","R"],wipe:["Wipe","W"],
difference:["Difference","D; four times as bright as it is"],full:["Full screen","F","M2 2h4v2H4v2H2zM8 2h4v4h-2V4H8zM2 8h2v2h2v2H2zM10 8h2v4H8v-2h2z"],help:["K\
eys","?",""]},De={"Space K":"play or pause","← → , .":"one frame back or on","Shift+← Shift+→ J L":"one second back or on","Home End 0…9":"to the star\
t, the end, a tenth between","− + [ ]":"slower, faster",R:"loop",M:"sound of the next clip, and off",W:"wipe between two clips; then ← → move the divider",
D:"difference of two clips, made bright",X:"swap A and B",F:"full screen",Esc:"back to side by side"},Z=e=>ae(e,14);function ve(){let e={};for(let[k,[P,F,E]]of Object.
entries(_e))e[k]=h("button","",{type:"button",title:`${P} (${F})`},E?Z(E):E===""?F:P),E!==void 0&&(e[k].ariaLabel=P);let t=h("input","",{type:"range",min:0,step:"\
any","aria-label":"Time of all clips"}),o=h("select","",{"aria-label":"Speed",title:"Speed (− and +)"},...U.map(k=>h("option","",{value:k},`${k}×`))),[i,a]=[
"A","B"].map(k=>h("select","",{"aria-label":`Clip ${k}`})),{play:f,start:n,back:x,next:l,end:v,loop:b,wipe:s,difference:g,full:y,help:C}=e;return{play:f,start:n,
back:x,next:l,end:v,slider:t,time:h("output","",{"aria-live":"off"}),sound:h("select","",{"aria-label":"Sound",title:"Which clip is heard (M)"}),loop:b,speed:o,
wipe:s,difference:g,a:i,b:a,full:y,help:C}}function ke(e){let t=Object.entries(De).map(([a,f])=>h("div","",{role:"listitem"},h("span","",{},...a.split(" ").map(
n=>h("kbd","",{},n))),h("span","",{},f))),o=h("button","",{type:"button"},"Close"),i=h("dialog","help",{"aria-label":"Keys"},h("strong","",{},"Keys"),h("div","k\
eys",{role:"list"},...t),o);return e(o,"click",()=>i.close()),e(i,"keydown",a=>{a.stopPropagation(),a.key==="?"&&i.close()}),i}var Y=9,qe=4,Ke=5e3,ee=Ne(Symbol.for("hailuo.kept"),()=>new Map);function Ne(e,t){let o=window;return o[e]??=t(),o[e]}function Se(e){e.dataset.compare="on";let t=new AbortController,
o=(r,p,M,{signal:u}=t)=>r.addEventListener(p,M,{signal:u}),[i,a,f,n]=[ve(),be(o),ke(o),ge(m)],x=h("div","tools",{role:"group","aria-label":"All clips together"},
...Object.values(i)),l=new Map,v=xe(i.sound,l),b=new Map,s="side",g=[],y=()=>[...l.values()].filter(({picked:r})=>r);function C(r,p){let M=r.dataset.label??"",u={
figure:r,video:p,label:M,wanted:null,broken:!1,end:new AbortController,tick:h("input","pick",{type:"checkbox","aria-label":`Compare ${M}`,title:"Compare"}),note:h(
"p","",{role:"alert",style:"margin:0;font-size:12px"})},c=(w,H)=>o(p,w,H,u.end);c("loadedmetadata",()=>{I(p)||J(u),k(u,!1),m()});for(let w of["loadedmetadata","\
canplay","seeked"])c(w,()=>{q(u),n.advance()});for(let w of["loadeddata","timeupdate"])c(w,m);return c("volumechange",()=>v.changed(u)),c("ended",n.ended),c("er\
ror",()=>k(u,!0)),o(u.tick,"change",()=>{b.set(u.label,u.tick.checked),D()},u.end),p.error&&k(u,!0),u}function k(r,p){r.broken=p,r.note.textContent=p?"This clip\
 cannot be played: its file is missing or damaged.":"",p&&r.figure.append(r.note),n.advance(),n.ended(),m()}function P(r,p){r.picked!==p&&(r.picked=p,r.video.paused||
r.video.pause(),Object.assign(r.video,{controls:!1,loop:!p,muted:!0,playbackRate:p?n.speed:1}))}function F(r){r.end.abort(),P(r,!1),r.video.controls=!0,r.tick.remove(),
r.note.remove(),pe(r.video)}function E(){let r=e.querySelectorAll("figure.hailuo-clip"),p=new Map;for(let u of r){let c=l.get(u),H=c!==void 0&&s!=="side"&&g.includes(
c)?c.video:u.querySelector("video[src]");H&&p.set(u,c?.video===H?c:C(u,H))}let M=[...l].filter(([u,c])=>p.get(u)!==c).map(([,u])=>u);if(!(!M.length&&p.size===l.
size)){M.some(u=>g.includes(u))&&d("side"),M.forEach(F),l.clear();for(let[u,c]of p)l.set(u,c);D()}}function D(){let r=e.querySelectorAll("figure.hailuo-clip").length,
p=e.matches(".hailuo-grid")||r>Y,M=(r>Y?qe:Y)-y().length;for(let c of l.values())P(c,b.get(c.label)??c.picked??M-- >0);let u=y().length>=Y;for(let c of l.values()){
Object.assign(c.tick,{checked:c.picked,disabled:u&&!c.picked});let w=c.figure.querySelector("figcaption > p")??c.figure.querySelector("figcaption")??c.figure;p?
c.tick.isConnected||w.prepend(c.tick):c.tick.remove()}for(let[c,w]of[i.a,i.b].entries())w.replaceChildren(...y().map(({label:H},Te)=>h("option","",{value:Te},`${"\
AB"[c]} ${H}`))),w.value=String(z(y().indexOf(g[c]),c,y().length-1));d(y().length>1?s:"side")}function d(r){let[p,M]=[n.time(),a.divider.matches(":focus")];g=[i.
a,i.b].map(({value:w})=>y()[Number(w)]),g[0]===g[1]&&(g[1]=y().find(w=>w!==g[0])),[i.a.value,i.b.value]=g.map(w=>String(y().indexOf(w))),s=r,s==="side"?delete e.
dataset.view:e.dataset.view=s,a.show(s==="side"?[]:g,s==="wipe");let u=s==="side"?y():g,c=K(u,n.clips);for(let w of n.clips)u.includes(w)||w.video.pause();n.clips=
u,!c&&(n.playing||p>0)&&n.seek(p),M&&s!=="wipe"&&e.focus(),m()}function m(){let[r,p,M]=[n.length(),n.time(),s==="side"],u=`${p.toFixed(2)} / ${r.toFixed(2)} s`,
c=n.playing?"Pause":"Play";i.time.textContent!==u&&(i.time.textContent=u),n.dragging||Object.assign(i.slider,{max:r||1,value:p}),n.playing||(i.slider.ariaValueText=
`${u}, frame ${$(p)}`),i.play.ariaLabel!==c&&(Object.assign(i.play,{ariaLabel:c,title:`${c} (Space)`}),i.play.replaceChildren(Z(n.playing?we:Q))),i.loop.ariaPressed=
String(n.loop);for(let w of["wipe","difference"])i[w].ariaPressed=String(s===w);i.a.hidden=i.b.hidden=M,i.wipe.hidden=i.difference.hidden=y().length<2,x.hidden=
l.size===0,v.offer(n.clips)}let T=r=>{y().length>1&&d(s===r?"side":r)},A={toggle:()=>n.playing?n.pause():n.play(),step:n.step,seek:n.seek,time:n.time,length:n.length,
loop:()=>{n.loop=!n.loop,m()},accelerate(r){i.speed.selectedIndex=z(i.speed.selectedIndex+r,0,U.length-1),n.accelerate(Number(i.speed.value))},sound:v.next,full:()=>{
(document.fullscreenElement?document.exitFullscreen():e.requestFullscreen?.())?.catch(()=>{})}},S=()=>{[i.a.value,i.b.value]=[i.b.value,i.a.value],d(s)},L={play:A.
toggle,start:()=>n.seek(0),back:()=>n.step(-1),next:()=>n.step(1),end:()=>n.seek(n.length()),loop:A.loop,wipe:()=>T("wipe"),difference:()=>T("difference"),full:A.
full,help:()=>f.showModal()},te={d:L.difference,x:S,"?":L.help,w:()=>{L.wipe(),s==="wipe"&&a.divider.focus()}};function Me(r){n.clips.length&&ue(r,A,s==="side"?
te:{...te,Escape:()=>d("side")})}let j=e.querySelector(".hailuo-bar")??h("div","hailuo-bar",{style:"margin:8px 0"}),G=[a.box,h("style","",{},ye),x,f];j.isConnected||
(e.prepend(j),G.push(j)),j.after(a.box),j.append(...G.slice(1,4)),Object.assign(e,{tabIndex:0,role:"group",ariaLabel:e.ariaLabel??"Clips that play together"}),e.
dataset.lmSuppressShortcuts="true",i.speed.value="1",i.full.hidden=!document.fullscreenEnabled;for(let[r,p]of Object.entries(L))o(i[r],"click",p);o(i.sound,"cha\
nge",v.pick),o(i.speed,"change",()=>A.accelerate(0));for(let r of[i.a,i.b])o(r,"change",()=>d(s));o(i.slider,"pointerdown",()=>{n.dragging=!0});for(let r of["po\
interup","pointercancel"])o(i.slider,r,()=>{n.dragging=!1,n.advance()});o(i.slider,"input",()=>n.seek(Number(i.slider.value))),o(e,"keydown",Me);let oe=me(e);o(
e,"fullscreenchange",oe),o(window,"resize",oe),o(e,"click",({target:r})=>{let p=[...l.values()].find(({video:M})=>M===r);if(!(!p||r.controls||p.picked&&s!=="sid\
e")){if(p.picked)return L.play();r.controls=!0,r.play().catch(()=>{})}}),o(j,"pointerenter",()=>{for(let{video:r}of n.clips)r.preload="auto"});function Ae(r){for(let[
p,M]of r.choices)b.set(p,M);D(),i.speed.value=r.speed,n.loop=r.loop,A.accelerate(0),d(y().length>1?r.view:"side"),n.seek(r.time_s),r.playing&&n.play()}E();let X=ee.
get(e.dataset.grid??"");ee.delete(e.dataset.grid??""),X&&performance.now()-X.at_ms<Ke&&Ae(X);let ne=n.clips.find(({video:r})=>r.currentTime>0);ne&&n.seek(ne.video.
currentTime);let ie=new MutationObserver(E);return ie.observe(e,{childList:!0,subtree:!0}),()=>{e.dataset.grid&&ee.set(e.dataset.grid,{at_ms:performance.now(),time_s:n.
time(),playing:n.playing,loop:n.loop,speed:i.speed.value,view:s,choices:b}),ie.disconnect(),t.abort(),n.playing=!1,delete e.dataset.view,a.show([],!1);for(let r of l.
values())F(r);for(let r of G)r.remove()}}for(let e of document.querySelectorAll(".hailuo-compare:not([data-compare])"))se(e,Se);})();
