// compare/saved.js 1691de1ac2bfeccd0cdec6e32fad6d05dc6df019095783dffdcc8b01331f145c
"use strict";(()=>{var oe="http://www.w3.org/2000/svg";function g(e,t="",o={},...n){let a=document.createElement(e);t&&(a.className=t);for(let[x,i]of Object.entries(o))i!=null&&i!==!1&&a.setAttribute(x,i===!0?"":String(
i));return a.append(...n.filter(x=>x!==null)),a}function ne(e,t,o={}){let[n,a]=[document.createElementNS(oe,"svg"),document.createElementNS(oe,"path")];for(let[x,i]of Object.entries({viewBox:`0 0 ${t} ${t}`,...o}))
n.setAttribute(x,String(i));return a.setAttribute("d",e),n.append(a),n}var _=e=>e.ctrlKey||e.metaKey||e.altKey;function B(e){e.preventDefault(),e.stopPropagation()}function ie(e,t){let o=t(e);new IntersectionObserver(()=>{e.isConnected?
o??=t(e):(o?.(),o=null)}).observe(e)}var H=24,I=[.25,.5,1,1.5,2],N=.5/H,$=e=>Math.floor(e*H+.01),F=e=>(e+.5)/H,z=(e,t,o)=>Math.min(Math.max(e,t),o),W=({seekable:e})=>e.length>0&&e.end(e.length-1)>0;
function re(e){let{audioTracks:t,mozHasAudio:o,webkitAudioDecodedByteCount:n}=e;return!!(t?.length||o||n)}var U=new WeakMap;async function ae(e,t){let o=e.getAttribute(
"src")??"";U.set(e,o);let a=await(await fetch(e.src,{cache:"no-store"})).blob();t.aborted||(e.src=URL.createObjectURL(a))}var se=e=>U.has(e);function le(e){let t=U.
get(e);U.delete(e),!(t===void 0||e.getAttribute("src")===t)&&(URL.revokeObjectURL(e.src),e.setAttribute("src",t))}var ke={" ":e=>e.toggle(),k:e=>e.toggle(),",":e=>e.
step(-1),ArrowLeft:e=>e.step(-1),".":e=>e.step(1),ArrowRight:e=>e.step(1),j:e=>e.seek(e.time()-1),l:e=>e.seek(e.time()+1),Home:e=>e.seek(0),End:e=>e.seek(e.length()),
"-":e=>e.accelerate(-1),"[":e=>e.accelerate(-1),"+":e=>e.accelerate(1),"]":e=>e.accelerate(1),r:e=>e.loop(),m:e=>e.sound(),f:e=>e.full()},Se={ArrowLeft:"j",ArrowRight:"\
l"};function ce(e,t,o={}){let n=e.target,a=e.key.length===1?e.key.toLowerCase():e.key;if(n.closest("select,textarea,[contenteditable]")||a===" "&&n.closest("but\
ton,summary,a,.pick")||a.startsWith("Arrow")&&n.matches("[role=region]")||/^(Arrow|Home|End)/.test(a)&&n.matches("video[controls]")||_(e))return;let i=/^\d$/.test(
a)&&(()=>t.seek(t.length()*Number(a)/10)),w=ke[e.shiftKey&&Se[a]||a],u=i||o[a]||w&&(()=>w(t));u&&(B(e),u())}var Me=250,Ae=40,de=.3/H,Te=.25,Ce=250,Ee=1e3,Le=120,V=({video:e,figure:t})=>Number.isFinite(e.duration)?e.duration:Number(t.dataset.seconds)||0,ze=e=>e.video.currentTime>
V(e)-3*N,pe=e=>e.broken||e.wanted===null&&!e.video.seeking&&e.video.readyState>=(ze(e)?2:3);function K(e,t=e.wanted){let{video:o}=e;if(e.wanted=t,t!==null&&clearTimeout(
e.sure),o.readyState<1&&(o.preload="auto"),t===null||o.seeking||o.readyState<1)return;if(!W(o)&&!e.stuck)return void Y(e);if(e.wanted=null,e.stuck)return;let n=z(
t,0,V(e)-N);Math.abs(o.currentTime-n)>.001&&(o.currentTime=n)}function Oe(e,t){let{video:o}=e,n=!e.rolling&&o.paused&&o.muted&&pe(e)&&t===$(o.currentTime)+1&&"r\
equestVideoFrameCallback"in o;if(e.rolling=n&&{},clearTimeout(e.sure),n||o.pause(),!n)return K(e,F(t));let a=e.rolling,x=(w=-1)=>{if(e.rolling===a){if(e.rolling=
!1,o.pause(),w!==t||$(o.currentTime)!==t)return K(e,F(t));e.sure=setTimeout(()=>{o.paused&&!e.stuck&&(o.currentTime=F(t))},Le)}},i=(w,{mediaTime:u})=>{let h=Math.
round(u*H);h<t?o.requestVideoFrameCallback(i):setTimeout(x,Math.max(0,1e3*(t/H-o.currentTime)+5),h)};setTimeout(x,Ce),o.requestVideoFrameCallback(i),o.playbackRate=
1,o.play().catch(()=>x())}async function Y(e){let{video:t}=e;if(!se(t))try{await ae(t,e.end.signal)}catch{e.stuck=!0,t.dispatchEvent(new Event("canplay"))}}function ue(e){
let t={clips:[],playing:!1,loop:!0,speed:1,dragging:!1,gathering:!1,length:u,time:h,seek:l,advance:b,play:f,pause:T,step:k,accelerate:O,ended:P},[o,n,a,x,i]=[0,
0,0,0,0],w=()=>t.clips.filter(({broken:c,video:m})=>!c&&!m.ended);function u(){return Math.max(0,...t.clips.map(c=>c.broken?0:V(c)))}function h(){return t.playing&&
!t.gathering?v():o}function v(){let c=w().filter(({video:M})=>!M.paused&&M.readyState>2),m=c.find(({video:M})=>!M.muted);if(m)return m.video.currentTime;let C=(c.
length?c:w()).map(({video:M})=>M.currentTime);return C.length?C.sort((M,S)=>M-S)[C.length-1>>1]:u()}function l(c){o=z(c,0,Math.max(0,t.length()-N)),t.gathering=
t.playing;for(let m of t.clips)m.rolling=!1,m.video.pause();for(let m of t.clips)K(m,o);b(),e()}function b(){if(!(!t.gathering||t.dragging||!t.clips.every(pe))){
t.gathering=!1;for(let{video:c,broken:m}of t.clips)c.playbackRate=t.speed,m||c.play().catch(({name:C})=>C==="NotAllowedError"&&T())}}function f(){t.playing=!0,l(
o>=u()-3*N?0:o),cancelAnimationFrame(i),i=requestAnimationFrame(E)}function T(){let c=h();t.playing=!1,l(F($(c)))}function k(c){let m=$(h())+c;if(t.playing||c!==
1||F(m)>u())return t.playing=!1,l(F(m));o=F(m);for(let C of t.clips)C.broken||Oe(C,m);e()}function O(c){t.speed=c;for(let{video:m}of t.clips)m.playbackRate=c;e()}
function P(){if(!(!t.playing||t.gathering||w().length)){if(t.loop)return l(0);o=u(),t.playing=!1,e()}}function E(c){t.playing&&(i=requestAnimationFrame(E),c-n>Me&&
!t.gathering&&(n=c,q(c)),!(c-x<Ae)&&(x=c,e()))}function q(c){let m=v(),C=S=>!S.broken&&!S.stuck&&m<V(S)-3*N,M=({video:S})=>S.paused||S.readyState<3||Math.abs(S.
currentTime-m)>Te;if(c-a>Ee&&t.clips.some(S=>C(S)&&M(S)))return a=c,l(m);for(let{video:S}of w()){let L=S.currentTime-m;Math.abs(L)>de?S.playbackRate=t.speed*(1-
z(1.5*L,-.1,.1)):Math.abs(L)<de/3&&(S.playbackRate=t.speed)}}return t}var D=(e,t)=>e.length===t.length&&e.every((o,n)=>o===t[n]);function fe(e){let t=[0,1].map(()=>g("span","tag",{dir:"auto"})),o=g("div","divider",{role:"slider",tabindex:0,
"aria-valuemin":0,"aria-valuemax":100}),n=g("div","pair"),a=g("div","stage",{hidden:""},n,...t,o),x=[],i=50;function w(v){i=z(Math.round(v),0,100),a.style.setProperty(
"--wipe",`${i}%`),o.setAttribute("aria-valuenow",String(i)),o.setAttribute("aria-valuetext",`${i}% ${t[0].textContent}`)}function u({clientX:v,pointerId:l,type:b,
button:f}){if(b==="pointerdown"&&!f&&!o.hidden&&a.setPointerCapture(l),!a.hasPointerCapture(l))return;let{left:T,width:k}=a.getBoundingClientRect();w(100*(v-T)/
k)}for(let v of["pointerdown","pointermove"])e(a,v,u);e(o,"keydown",v=>{let l={ArrowLeft:-1,ArrowDown:-1,ArrowRight:1,ArrowUp:1,PageDown:-10,PageUp:10,Home:-100,
End:100}[v.key];!l||_(v)||(B(v),w(i+l*(v.shiftKey?10:1)))});function h(v,l){if(!(D(v,x)&&o.hidden!==l)){for(let b of x)b.home?.replaceWith(b.video);a.hidden=!v.
length,o.hidden=!l,x=v;for(let[b,f]of v.entries()){let{width:T,height:k}=f.video;b||a.style.setProperty("--ratio",String((T||16)/(k||9))),f.home=g("div","home",
{style:`aspect-ratio:${T||16}/${k||9}`}),f.video.replaceWith(f.home),n.append(f.video),t[b].textContent=`${"AB"[b]} ${f.label}`}o.setAttribute("aria-label",`Div\
ider between ${v.map(({label:b})=>b).join(" and ")}`),w(i)}}return{box:a,divider:o,show:h}}var Fe=-1;function he(e){let t=[],o=[],n,a=()=>o.indexOf(n);function x(){let u=o[a()];for(let h of t)h!==u&&(h.video.muted=!0);u&&(u.video.muted=!1),e.value=String(
a())}function i(u){n=u,x()}function w(u,h){for(let f of u)f.sounds||=re(f.video);let v=h.filter(({sounds:f,broken:T})=>f&&!T),l=!D(v,o)||!D(u,t);if([t,o]=[u,v],
e.hidden=!o.length,!l)return;let b=o.map(({label:f},T)=>g("option","",{value:T},`♪ ${f}`));e.replaceChildren(g("option","",{value:Fe},"Sound off"),...b),x()}return{
offer:w,next:()=>i(o[Number(e.value)+1]),pick:()=>i(o[Number(e.value)]),changed(u){if(!(u.video.muted||u===o[a()])){n=u;for(let h of t)h!==u&&(h.video.muted=!0);
e.value=String(a())}}}}var ge=`.hailuo-compare{
--accent:var(--jp-brand-color1,var(--vscode-focusBorder,Highlight));
--back:var(--jp-layout-color1,var(--vscode-editor-background,Canvas));
--ink:var(--jp-content-font-color1,var(--vscode-foreground,CanvasText));
[hidden]{display:none!important}
:focus-visible,&:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.hailuo-clip video{cursor:pointer}
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
.help dl{display:grid;grid-template-columns:auto 1fr;gap:5px 16px;margin:12px 0}
.help :is(dt,dd){margin:0;font-weight:400}
kbd{font:inherit;font-size:12px;margin:0 4px 0 0;padding:0 5px;border:1px solid #80808080;border-radius:4px;white-space:nowrap}
&:fullscreen{display:flex;flex-direction:column;overflow:auto;margin:0!important;border:0!important;border-radius:0!important;color:var(--ink);background:var(--\
back);
&:not(.hailuo-grid) .hailuo-clips{flex:1;min-height:0;max-width:none!important;grid-auto-rows:minmax(0,1fr)}
&:not(.hailuo-grid) figure{display:flex;flex-direction:column;min-height:0}
&:not(.hailuo-grid) figure video{flex:1;min-height:0;aspect-ratio:auto!important}
.stage{width:100%;max-width:calc((100vh - 90px)*var(--ratio));margin:auto}
.hailuo-notes{display:none}}
@media (forced-colors:active){.tools button[aria-pressed=true]{color:HighlightText;background:Highlight;forced-color-adjust:none}}
@media print{.tools{display:none}}}`;var J={play:["Play","Space","M3 1.5v11l9.5-5.5z"],start:["To the start","Home","M2 2h2v10H2zM12 2v10L5 7z"],back:["Previous frame",",","M9.5 2v10L4 7z"],next:["\
Next frame",".","M4.5 2v10L10 7z"],end:["To the end","End","M10 2h2v10h-2zM2 2v10l7-5z"],loop:["Loop","R"],wipe:["Wipe","W"],difference:["Difference","D; four t\
imes as bright as it is"],full:["Full screen","F","M2 2h4v2H4v2H2zM8 2h4v4h-2V4H8zM2 8h2v2h2v2H2zM10 8h2v4H8v-2h2z"],help:["Keys","?",""]},me="M3 2h3v10H3zM8 2h\
3v10H8z",Pe={"Space K":"play or pause","← → , .":"one frame back or on","Shift+← Shift+→ J L":"one second back or on","Home End 0…9":"to the start, th\
e end, a tenth between","− + [ ]":"slower, faster",R:"loop",M:"sound of the next clip, and off",W:"wipe between two clips; then ← → move the divider",D:"d\
ifference of two clips, made bright",X:"swap A and B",F:"full screen",Esc:"back to side by side"},Q=e=>ne(e,14);function be(){let e={};for(let[k,[O,P,E]]of Object.
entries(J))e[k]=g("button","",{type:"button",title:`${O} (${P})`},E?Q(E):E===""?P:O),E!==void 0&&(e[k].ariaLabel=O);let t=g("input","",{type:"range",min:0,step:"\
any","aria-label":"Time of all clips"}),o=g("select","",{"aria-label":"Speed",title:"Speed (− and +)"},...I.map(k=>g("option","",{value:k},`${k}×`))),[n,a]=[
"A","B"].map(k=>g("select","",{"aria-label":`Clip ${k}`})),{play:x,start:i,back:w,next:u,end:h,loop:v,wipe:l,difference:b,full:f,help:T}=e;return{play:x,start:i,
back:w,next:u,end:h,slider:t,time:g("output","",{"aria-live":"off"}),sound:g("select","",{"aria-label":"Sound",title:"Which clip is heard (M)"}),loop:v,speed:o,
wipe:l,difference:b,a:n,b:a,full:f,help:T}}function xe(e){let t=Object.entries(Pe).flatMap(([a,x])=>[g("dt","",{},...a.split(" ").map(i=>g("kbd","",{},i))),g("d\
d","",{},x)]),o=g("button","",{type:"button"},"Close"),n=g("dialog","help",{"aria-label":"Keys"},g("strong","",{},"Keys"),g("dl","",{},...t),o);return e(o,"clic\
k",()=>n.close()),e(n,"keydown",a=>{a.stopPropagation(),a.key==="?"&&n.close()}),n}var G=9,Re=4;function ve(e){e.dataset.compare="on";let t=new AbortController,o=(r,p,A,{signal:d}=t)=>r.addEventListener(p,A,{signal:d}),[n,a,x,i]=[be(),fe(o),xe(
o),ue(m)],w=he(n.sound),u=g("div","tools",{role:"group","aria-label":"All clips together"},...Object.values(n)),h=new Map,v=new Map,l="side",b=[],f=()=>[...h.values()].
filter(({picked:r})=>r);function T(r,p){let A=r.dataset.label??"",d={figure:r,video:p,label:A,wanted:null,broken:!1,end:new AbortController,tick:g("input","pick",
{type:"checkbox","aria-label":`Compare ${A}`,title:"Compare"}),note:g("p","",{role:"alert",style:"margin:0;font-size:12px"})},s=(y,R)=>o(p,y,R,d.end);s("loadedm\
etadata",()=>{W(p)||Y(d),k(d,!1),m()});for(let y of["loadedmetadata","canplay","seeked"])s(y,()=>{K(d),i.advance()});for(let y of["loadeddata","timeupdate"])s(y,
m);return s("volumechange",()=>w.changed(d)),s("ended",i.ended),s("error",()=>k(d,!0)),o(d.tick,"change",()=>{v.set(d.label,d.tick.checked),q()},d.end),p.error&&
k(d,!0),d}function k(r,p){r.broken=p,r.note.textContent=p?"This clip cannot be played: its file is missing or damaged.":"",p&&r.figure.append(r.note),i.advance(),
i.ended(),m()}function O(r,p){r.picked!==p&&(r.picked=p,r.video.paused||r.video.pause(),Object.assign(r.video,{controls:!1,loop:!p,muted:!0,playbackRate:p?i.speed:
1}))}function P(r){r.end.abort(),O(r,!1),r.video.controls=!0,r.tick.remove(),r.note.remove(),le(r.video)}function E(){let r=e.querySelectorAll("figure.hailuo-cl\
ip"),p=new Map;for(let d of r){let s=h.get(d),R=s!==void 0&&l!=="side"&&b.includes(s)?s.video:d.querySelector("video[src]");R&&p.set(d,s?.video===R?s:T(d,R))}let A=[
...h].filter(([d,s])=>p.get(d)!==s).map(([,d])=>d);if(!(!A.length&&p.size===h.size)){A.some(d=>b.includes(d))&&c("side"),A.forEach(P),h.clear();for(let[d,s]of p)
h.set(d,s);q()}}function q(){let r=e.querySelectorAll("figure.hailuo-clip").length,p=e.matches(".hailuo-grid")||r>G,A=(r>G?Re:G)-f().length;for(let s of h.values())
O(s,v.get(s.label)??s.picked??A-- >0);let d=f().length>=G;for(let s of h.values()){Object.assign(s.tick,{checked:s.picked,disabled:d&&!s.picked});let y=s.figure.
querySelector("figcaption > p")??s.figure.querySelector("figcaption")??s.figure;p?s.tick.isConnected||y.prepend(s.tick):s.tick.remove()}for(let[s,y]of[n.a,n.b].
entries())y.replaceChildren(...f().map(({label:R},ye)=>g("option","",{value:ye},`${"AB"[s]} ${R}`))),y.value=String(z(f().indexOf(b[s]),s,f().length-1));c(f().length>
1?l:"side")}function c(r){let[p,A]=[i.time(),a.divider.matches(":focus")];b=[n.a,n.b].map(({value:y})=>f()[Number(y)]),b[0]===b[1]&&(b[1]=f().find(y=>y!==b[0])),
[n.a.value,n.b.value]=b.map(y=>String(f().indexOf(y))),l=r,l==="side"?delete e.dataset.view:e.dataset.view=l,a.show(l==="side"?[]:b,l==="wipe");let d=l==="side"?
f():b,s=D(d,i.clips);for(let y of i.clips)d.includes(y)||y.video.pause();i.clips=d,!s&&(i.playing||p>0)&&i.seek(p),A&&l!=="wipe"&&e.focus(),m()}function m(){let[
r,p,A]=[i.length(),i.time(),l==="side"],d=`${p.toFixed(2)} / ${r.toFixed(2)} s`,s=i.playing?"Pause":"Play";n.time.textContent!==d&&(n.time.textContent=d),i.dragging||
Object.assign(n.slider,{max:r||1,value:p}),i.playing||(n.slider.ariaValueText=`${d}, frame ${$(p)}`),n.play.ariaLabel!==s&&(Object.assign(n.play,{ariaLabel:s,title:`${s}\
 (Space)`}),n.play.replaceChildren(Q(i.playing?me:J.play[2]??""))),n.loop.ariaPressed=String(i.loop);for(let y of["wipe","difference"])n[y].ariaPressed=String(l===
y);n.a.hidden=n.b.hidden=A,n.wipe.hidden=n.difference.hidden=f().length<2,u.hidden=h.size===0,w.offer([...h.values()],i.clips)}let C=r=>{f().length>1&&c(l===r?"\
side":r)},M={toggle:()=>i.playing?i.pause():i.play(),step:i.step,seek:i.seek,time:i.time,length:i.length,loop:()=>{i.loop=!i.loop,m()},accelerate(r){n.speed.selectedIndex=
z(n.speed.selectedIndex+r,0,I.length-1),i.accelerate(Number(n.speed.value))},sound:w.next,full:()=>{(document.fullscreenElement?document.exitFullscreen():e.requestFullscreen?.())?.
catch(()=>{})}},S=()=>{[n.a.value,n.b.value]=[n.b.value,n.a.value],c(l)},L={play:M.toggle,start:()=>i.seek(0),back:()=>i.step(-1),next:()=>i.step(1),end:()=>i.seek(
i.length()),loop:M.loop,wipe:()=>C("wipe"),difference:()=>C("difference"),full:M.full,help:()=>x.showModal()},Z={d:L.difference,x:S,"?":L.help,w:()=>{L.wipe(),l===
"wipe"&&a.divider.focus()}};function we(r){i.clips.length&&ce(r,M,l==="side"?Z:{...Z,Escape:()=>c("side")})}let j=e.querySelector(".hailuo-bar")??g("div","hailu\
o-bar",{style:"margin:8px 0"}),X=[a.box,g("style","",{},ge),u,x];j.isConnected||(e.prepend(j),X.push(j)),j.before(a.box),j.append(...X.slice(1,4)),Object.assign(
e,{tabIndex:0,role:"group",ariaLabel:e.ariaLabel??"Clips that play together"}),e.dataset.lmSuppressShortcuts="true",n.speed.value="1",n.full.hidden=!document.fullscreenEnabled;
for(let[r,p]of Object.entries(L))o(n[r],"click",p);o(n.sound,"change",w.pick),o(n.speed,"change",()=>M.accelerate(0));for(let r of[n.a,n.b])o(r,"change",()=>c(l));
o(n.slider,"pointerdown",()=>{i.dragging=!0});for(let r of["pointerup","pointercancel"])o(n.slider,r,()=>{i.dragging=!1,i.advance()});o(n.slider,"input",()=>i.seek(
Number(n.slider.value))),o(e,"keydown",we),o(e,"click",({target:r})=>{let p=[...h.values()].find(({video:A})=>A===r);if(!(!p||r.controls||p.picked&&l!=="side")){
if(p.picked)return L.play();r.controls=!0,r.play().catch(()=>{})}}),o(j,"pointerenter",()=>{for(let{video:r}of i.clips)r.preload="auto"}),E();let ee=i.clips.find(
({video:r})=>r.currentTime>0);ee&&i.seek(ee.video.currentTime);let te=new MutationObserver(E);return te.observe(e,{childList:!0,subtree:!0}),()=>{te.disconnect(),
t.abort(),i.playing=!1,delete e.dataset.view,a.show([],!1);for(let r of h.values())P(r);for(let r of X)r.remove()}}for(let e of document.querySelectorAll(".hailuo-compare:not([data-compare])"))ie(e,ve);})();
