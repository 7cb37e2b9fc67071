// compare/saved.js e12081c54c049ac5bb3b2b08749de176b6772bdf46b4d5c307fb5b71eb361828
"use strict";(()=>{var ie="http://www.w3.org/2000/svg";function h(e,t="",o={},...n){let a=document.createElement(e);t&&(a.className=t);for(let[m,i]of Object.entries(o))i!=null&&i!==!1&&a.setAttribute(m,i===!0?"":String(
i));return a.append(...n.filter(m=>m!==null)),a}function re(e,t,o={}){let[n,a]=[document.createElementNS(ie,"svg"),document.createElementNS(ie,"path")];for(let[m,i]of Object.entries({viewBox:`0 0 ${t} ${t}`,...o}))
n.setAttribute(m,String(i));return a.setAttribute("d",e),n.append(a),n}var q=e=>e.ctrlKey||e.metaKey||e.altKey;function B(e){e.preventDefault(),e.stopPropagation()}function ae(e,t){let o=t(e);new IntersectionObserver(()=>{e.isConnected?
o??=t(e):(o?.(),o=null)}).observe(e)}var H=24,I=[.25,.5,1,1.5,2],_=.5/H,$=e=>Math.floor(e*H+.01),O=e=>(e+.5)/H,z=(e,t,o)=>Math.min(Math.max(e,t),o),W=({seekable:e})=>e.length>0&&e.end(e.length-1)>0;
function se(e){let{audioTracks:t,mozHasAudio:o,webkitAudioDecodedByteCount:n}=e;return!!(t?.length||o||n)}var U=new WeakMap;async function le(e,t){let o=e.getAttribute(
"src")??"";U.set(e,o);let a=await(await fetch(e.src,{cache:"no-store"})).blob();t.aborted||(e.src=URL.createObjectURL(a))}var ce=e=>U.has(e);function de(e){let t=U.
get(e);U.delete(e),!(t===void 0||e.getAttribute("src")===t)&&(URL.revokeObjectURL(e.src),e.setAttribute("src",t))}var Ae={" ":e=>e.toggle(),k:e=>e.toggle(),",":e=>e.
step(-1),ArrowLeft:e=>e.step(-1),".":e=>e.step(1),ArrowRight:e=>e.step(1),j:e=>e.seek(e.time()-1),l:e=>e.seek(e.time()+1),Home:e=>e.seek(0),End:e=>e.seek(e.length()),
"-":e=>e.accelerate(-1),"[":e=>e.accelerate(-1),"+":e=>e.accelerate(1),"]":e=>e.accelerate(1),r:e=>e.loop(),m:e=>e.sound(),f:e=>e.full()},Te={ArrowLeft:"j",ArrowRight:"\
l"};function pe(e,t,o={}){let n=e.target,a=e.key.length===1?e.key.toLowerCase():e.key;if(n.closest("select,textarea,[contenteditable]")||a===" "&&n.closest("but\
ton,summary,a,.pick")||a.startsWith("Arrow")&&n.matches("[role=region]")||/^( |Arrow|Home|End)/.test(a)&&n.matches("video:is([controls],:fullscreen)")||q(e))return;
let i=/^\d$/.test(a)&&(()=>t.seek(t.length()*Number(a)/10)),y=Ae[e.shiftKey&&Te[a]||a],l=i||o[a]||y&&(()=>y(t));l&&(B(e),l())}var Ce=250,Ee=40,ue=.3/H,Le=.25,ze=250,Pe=1e3,Oe=120,V=({video:e,figure:t})=>Number.isFinite(e.duration)?e.duration:Number(t.dataset.seconds)||0,Fe=e=>e.video.currentTime>
V(e)-3*_,fe=e=>e.broken||e.wanted===null&&!e.video.seeking&&e.video.readyState>=(Fe(e)?2:3);function K(e,t=e.wanted){let{video:o}=e;if(e.wanted=t,t!==null&&clearTimeout(
e.sure),o.readyState<1&&(o.preload="auto"),t===null||o.seeking||o.readyState<1)return;if(!W(o)&&!e.stuck)return void J(e);if(e.wanted=null,e.stuck)return;let n=z(
t,0,V(e)-_);Math.abs(o.currentTime-n)>.001&&(o.currentTime=n)}function Re(e,t){let{video:o}=e,n=!e.rolling&&o.paused&&o.muted&&fe(e)&&t===$(o.currentTime)+1&&"r\
equestVideoFrameCallback"in o;if(e.rolling=n&&{},clearTimeout(e.sure),n||o.pause(),!n)return K(e,O(t));let a=e.rolling,m=(y=-1)=>{if(e.rolling===a){if(e.rolling=
!1,o.pause(),y!==t||$(o.currentTime)!==t)return K(e,O(t));e.sure=setTimeout(()=>{o.paused&&!e.stuck&&(o.currentTime=O(t))},Oe)}},i=(y,{mediaTime:l})=>{let v=Math.
round(l*H);v<t?o.requestVideoFrameCallback(i):setTimeout(m,Math.max(0,1e3*(t/H-o.currentTime)+5),v)};setTimeout(m,ze),o.requestVideoFrameCallback(i),o.playbackRate=
1,o.play().catch(()=>m())}async function J(e){let{video:t}=e;if(!ce(t))try{await le(t,e.end.signal)}catch{e.stuck=!0,t.dispatchEvent(new Event("canplay"))}}function he(e){
let t={clips:[],playing:!1,loop:!0,speed:1,dragging:!1,gathering:!1,length:l,time:v,seek:s,advance:f,play:x,pause:C,step:k,accelerate:P,ended:F},[o,n,a,m,i]=[0,
0,0,0,0],y=()=>t.clips.filter(({broken:d,video:g})=>!d&&!g.ended);function l(){return Math.max(0,...t.clips.map(d=>d.broken?0:V(d)))}function v(){return t.playing&&
!t.gathering?b():o}function b(){let d=y().filter(({video:A})=>!A.paused&&A.readyState>2),g=d.find(({video:A})=>!A.muted);if(g)return g.video.currentTime;let T=(d.
length?d:y()).map(({video:A})=>A.currentTime);return T.length?T.sort((A,S)=>A-S)[T.length-1>>1]:l()}function s(d){o=z(d,0,Math.max(0,t.length()-_)),t.gathering=
t.playing;for(let g of t.clips)g.rolling=!1,g.video.pause();for(let g of t.clips)K(g,o);f(),e()}function f(){if(!(!t.gathering||t.dragging||!t.clips.every(fe))){
t.gathering=!1;for(let{video:d,broken:g}of t.clips)d.playbackRate=t.speed,g||d.play().catch(({name:T})=>T==="NotAllowedError"&&C())}}function x(){t.playing=!0,s(
o>=l()-3*_?0:o),cancelAnimationFrame(i),i=requestAnimationFrame(E)}function C(){let d=v();t.playing=!1,s(O($(d)))}function k(d){let g=$(v())+d;if(t.playing||d!==
1||O(g)>l())return t.playing=!1,s(O(g));o=O(g);for(let T of t.clips)T.broken||Re(T,g);e()}function P(d){t.speed=d;for(let{video:g}of t.clips)g.playbackRate=d;e()}
function F(){if(!(!t.playing||t.gathering||y().length)){if(t.loop)return s(0);o=l(),t.playing=!1,e()}}function E(d){t.playing&&(i=requestAnimationFrame(E),d-n>Ce&&
!t.gathering&&(n=d,D(d)),!(d-m<Ee)&&(m=d,e()))}function D(d){let g=b(),T=S=>!S.broken&&!S.stuck&&g<V(S)-3*_,A=({video:S})=>S.paused||S.readyState<3||Math.abs(S.
currentTime-g)>Le;if(d-a>Pe&&t.clips.some(S=>T(S)&&A(S)))return a=d,s(g);for(let{video:S}of y()){let L=S.currentTime-g;Math.abs(L)>ue?S.playbackRate=t.speed*(1-
z(1.5*L,-.1,.1)):Math.abs(L)<ue/3&&(S.playbackRate=t.speed)}}return t}var N=(e,t)=>e.length===t.length&&e.every((o,n)=>o===t[n]);function ge(e){let t=[0,1].map(()=>h("span","tag",{dir:"auto"})),o=h("div","divider",{role:"slider",tabindex:0,
"aria-valuemin":0,"aria-valuemax":100}),n=h("div","pair"),a=h("div","stage",{hidden:""},n,...t,o),m=[],i=50;function y(b){i=z(Math.round(b),0,100),a.style.setProperty(
"--wipe",`${i}%`),o.setAttribute("aria-valuenow",String(i)),o.setAttribute("aria-valuetext",`${i}% ${t[0].textContent}`)}function l({clientX:b,pointerId:s,type:f,
button:x}){if(f==="pointerdown"&&!x&&!o.hidden&&a.setPointerCapture(s),!a.hasPointerCapture(s))return;let{left:C,width:k}=a.getBoundingClientRect();y(100*(b-C)/
k)}for(let b of["pointerdown","pointermove"])e(a,b,l);e(o,"keydown",b=>{let s={ArrowLeft:-1,ArrowDown:-1,ArrowRight:1,ArrowUp:1,PageDown:-10,PageUp:10,Home:-100,
End:100}[b.key];!s||q(b)||(B(b),y(i+s*(b.shiftKey?10:1)))});function v(b,s){if(!(N(b,m)&&o.hidden!==s)){for(let f of m)f.home?.replaceWith(f.video);a.hidden=!b.
length,o.hidden=!s,m=b;for(let[f,x]of b.entries()){let{width:C,height:k}=x.video;f||a.style.setProperty("--ratio",String((C||16)/(k||9))),x.home=h("div","home",
{style:`aspect-ratio:${C||16}/${k||9}`}),x.video.replaceWith(x.home),n.append(x.video),t[f].textContent=`${"AB"[f]} ${x.label}`}o.setAttribute("aria-label",`Div\
ider between ${b.map(({label:f})=>f).join(" and ")}`),y(i)}}return{box:a,divider:o,show:v}}var He=-1;function me(e,t){let o=[],n,a=()=>o.indexOf(n);function m(l){for(let v of t.values())v!==l&&(v.video.muted=!0);l&&(l.video.muted=!1),e.value=String(a())}
function i(l){n=o[l],m(n)}function y(l){for(let s of l)s.sounds||=se(s.video);let v=l.filter(({sounds:s,broken:f})=>s&&!f);if(N(v,o))return;o=v;let b=o.map(({label:s},f)=>h(
"option","",{value:f},`♪ ${s}`));e.replaceChildren(h("option","",{value:He},"Sound off"),...b),e.hidden=!o.length,m(o[a()])}return e.hidden=!0,{offer:y,next:()=>i(
Number(e.value)+1),pick:()=>i(Number(e.value)),changed(l){l.video.muted||l===o[a()]||(n=l,m(l))}}}var be=`.hailuo-compare{
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
@media print{.tools{display:none}}}`;var Q="M3 1.5v11l9.5-5.5z",xe="M3 2h3v10H3zM8 2h3v10H8z",$e={play:["Play","Space",Q],start:["To the start","Home","M2 2h2v10H2zM12 2v10L5 7z"],back:["Previous f\
rame",",","M9.5 2v10L4 7z"],next:["Next frame",".","M4.5 2v10L10 7z"],end:["To the end","End","M10 2h2v10h-2zM2 2v10l7-5z"],loop:["Loop","R"],wipe:["Wipe","W"],
difference:["Difference","D; four times as bright as it is"],full:["Full screen","F","M2 2h4v2H4v2H2zM8 2h4v4h-2V4H8zM2 8h2v2h2v2H2zM10 8h2v4H8v-2h2z"],help:["K\
eys","?",""]},je={"Space K":"play or pause","← → , .":"one frame back or on","Shift+← Shift+→ J L":"one second back or on","Home End 0…9":"to the star\
t, the end, a tenth between","− + [ ]":"slower, faster",R:"loop",M:"sound of the next clip, and off",W:"wipe between two clips; then ← → move the divider",
D:"difference of two clips, made bright",X:"swap A and B",F:"full screen",Esc:"back to side by side"},Z=e=>re(e,14);function we(){let e={};for(let[k,[P,F,E]]of Object.
entries($e))e[k]=h("button","",{type:"button",title:`${P} (${F})`},E?Z(E):E===""?F:P),E!==void 0&&(e[k].ariaLabel=P);let t=h("input","",{type:"range",min:0,step:"\
any","aria-label":"Time of all clips"}),o=h("select","",{"aria-label":"Speed",title:"Speed (− and +)"},...I.map(k=>h("option","",{value:k},`${k}×`))),[n,a]=[
"A","B"].map(k=>h("select","",{"aria-label":`Clip ${k}`})),{play:m,start:i,back:y,next:l,end:v,loop:b,wipe:s,difference:f,full:x,help:C}=e;return{play:m,start:i,
back:y,next:l,end:v,slider:t,time:h("output","",{"aria-live":"off"}),sound:h("select","",{"aria-label":"Sound",title:"Which clip is heard (M)"}),loop:b,speed:o,
wipe:s,difference:f,a:n,b:a,full:x,help:C}}function ye(e){let t=Object.entries(je).flatMap(([a,m])=>[h("dt","",{},...a.split(" ").map(i=>h("kbd","",{},i))),h("d\
d","",{},m)]),o=h("button","",{type:"button"},"Close"),n=h("dialog","help",{"aria-label":"Keys"},h("strong","",{},"Keys"),h("dl","",{},...t),o);return e(o,"clic\
k",()=>n.close()),e(n,"keydown",a=>{a.stopPropagation(),a.key==="?"&&n.close()}),n}var Y=9,_e=4,De=5e3,ee=Ke(Symbol.for("hailuo.kept"),()=>new Map);function Ke(e,t){let o=window;return o[e]??=t(),o[e]}function ve(e){e.dataset.compare="on";let t=new AbortController,
o=(r,p,M,{signal:u}=t)=>r.addEventListener(p,M,{signal:u}),[n,a,m,i]=[we(),ge(o),ye(o),he(g)],y=h("div","tools",{role:"group","aria-label":"All clips together"},
...Object.values(n)),l=new Map,v=me(n.sound,l),b=new Map,s="side",f=[],x=()=>[...l.values()].filter(({picked:r})=>r);function C(r,p){let M=r.dataset.label??"",u={
figure:r,video:p,label:M,wanted:null,broken:!1,end:new AbortController,tick:h("input","pick",{type:"checkbox","aria-label":`Compare ${M}`,title:"Compare"}),note:h(
"p","",{role:"alert",style:"margin:0;font-size:12px"})},c=(w,R)=>o(p,w,R,u.end);c("loadedmetadata",()=>{W(p)||J(u),k(u,!1),g()});for(let w of["loadedmetadata","\
canplay","seeked"])c(w,()=>{K(u),i.advance()});for(let w of["loadeddata","timeupdate"])c(w,g);return c("volumechange",()=>v.changed(u)),c("ended",i.ended),c("er\
ror",()=>k(u,!0)),o(u.tick,"change",()=>{b.set(u.label,u.tick.checked),D()},u.end),p.error&&k(u,!0),u}function k(r,p){r.broken=p,r.note.textContent=p?"This clip\
 cannot be played: its file is missing or damaged.":"",p&&r.figure.append(r.note),i.advance(),i.ended(),g()}function P(r,p){r.picked!==p&&(r.picked=p,r.video.paused||
r.video.pause(),Object.assign(r.video,{controls:!1,loop:!p,muted:!0,playbackRate:p?i.speed:1}))}function F(r){r.end.abort(),P(r,!1),r.video.controls=!0,r.tick.remove(),
r.note.remove(),de(r.video)}function E(){let r=e.querySelectorAll("figure.hailuo-clip"),p=new Map;for(let u of r){let c=l.get(u),R=c!==void 0&&s!=="side"&&f.includes(
c)?c.video:u.querySelector("video[src]");R&&p.set(u,c?.video===R?c:C(u,R))}let M=[...l].filter(([u,c])=>p.get(u)!==c).map(([,u])=>u);if(!(!M.length&&p.size===l.
size)){M.some(u=>f.includes(u))&&d("side"),M.forEach(F),l.clear();for(let[u,c]of p)l.set(u,c);D()}}function D(){let r=e.querySelectorAll("figure.hailuo-clip").length,
p=e.matches(".hailuo-grid")||r>Y,M=(r>Y?_e:Y)-x().length;for(let c of l.values())P(c,b.get(c.label)??c.picked??M-- >0);let u=x().length>=Y;for(let c of l.values()){
Object.assign(c.tick,{checked:c.picked,disabled:u&&!c.picked});let w=c.figure.querySelector("figcaption > p")??c.figure.querySelector("figcaption")??c.figure;p?
c.tick.isConnected||w.prepend(c.tick):c.tick.remove()}for(let[c,w]of[n.a,n.b].entries())w.replaceChildren(...x().map(({label:R},Me)=>h("option","",{value:Me},`${"\
AB"[c]} ${R}`))),w.value=String(z(x().indexOf(f[c]),c,x().length-1));d(x().length>1?s:"side")}function d(r){let[p,M]=[i.time(),a.divider.matches(":focus")];f=[n.
a,n.b].map(({value:w})=>x()[Number(w)]),f[0]===f[1]&&(f[1]=x().find(w=>w!==f[0])),[n.a.value,n.b.value]=f.map(w=>String(x().indexOf(w))),s=r,s==="side"?delete e.
dataset.view:e.dataset.view=s,a.show(s==="side"?[]:f,s==="wipe");let u=s==="side"?x():f,c=N(u,i.clips);for(let w of i.clips)u.includes(w)||w.video.pause();i.clips=
u,!c&&(i.playing||p>0)&&i.seek(p),M&&s!=="wipe"&&e.focus(),g()}function g(){let[r,p,M]=[i.length(),i.time(),s==="side"],u=`${p.toFixed(2)} / ${r.toFixed(2)} s`,
c=i.playing?"Pause":"Play";n.time.textContent!==u&&(n.time.textContent=u),i.dragging||Object.assign(n.slider,{max:r||1,value:p}),i.playing||(n.slider.ariaValueText=
`${u}, frame ${$(p)}`),n.play.ariaLabel!==c&&(Object.assign(n.play,{ariaLabel:c,title:`${c} (Space)`}),n.play.replaceChildren(Z(i.playing?xe:Q))),n.loop.ariaPressed=
String(i.loop);for(let w of["wipe","difference"])n[w].ariaPressed=String(s===w);n.a.hidden=n.b.hidden=M,n.wipe.hidden=n.difference.hidden=x().length<2,y.hidden=
l.size===0,v.offer(i.clips)}let T=r=>{x().length>1&&d(s===r?"side":r)},A={toggle:()=>i.playing?i.pause():i.play(),step:i.step,seek:i.seek,time:i.time,length:i.length,
loop:()=>{i.loop=!i.loop,g()},accelerate(r){n.speed.selectedIndex=z(n.speed.selectedIndex+r,0,I.length-1),i.accelerate(Number(n.speed.value))},sound:v.next,full:()=>{
(document.fullscreenElement?document.exitFullscreen():e.requestFullscreen?.())?.catch(()=>{})}},S=()=>{[n.a.value,n.b.value]=[n.b.value,n.a.value],d(s)},L={play:A.
toggle,start:()=>i.seek(0),back:()=>i.step(-1),next:()=>i.step(1),end:()=>i.seek(i.length()),loop:A.loop,wipe:()=>T("wipe"),difference:()=>T("difference"),full:A.
full,help:()=>m.showModal()},te={d:L.difference,x:S,"?":L.help,w:()=>{L.wipe(),s==="wipe"&&a.divider.focus()}};function ke(r){i.clips.length&&pe(r,A,s==="side"?
te:{...te,Escape:()=>d("side")})}let j=e.querySelector(".hailuo-bar")??h("div","hailuo-bar",{style:"margin:8px 0"}),G=[a.box,h("style","",{},be),y,m];j.isConnected||
(e.prepend(j),G.push(j)),j.before(a.box),j.append(...G.slice(1,4)),Object.assign(e,{tabIndex:0,role:"group",ariaLabel:e.ariaLabel??"Clips that play together"}),
e.dataset.lmSuppressShortcuts="true",n.speed.value="1",n.full.hidden=!document.fullscreenEnabled;for(let[r,p]of Object.entries(L))o(n[r],"click",p);o(n.sound,"c\
hange",v.pick),o(n.speed,"change",()=>A.accelerate(0));for(let r of[n.a,n.b])o(r,"change",()=>d(s));o(n.slider,"pointerdown",()=>{i.dragging=!0});for(let r of["\
pointerup","pointercancel"])o(n.slider,r,()=>{i.dragging=!1,i.advance()});o(n.slider,"input",()=>i.seek(Number(n.slider.value))),o(e,"keydown",ke),o(e,"click",({
target:r})=>{let p=[...l.values()].find(({video:M})=>M===r);if(!(!p||r.controls||p.picked&&s!=="side")){if(p.picked)return L.play();r.controls=!0,r.play().catch(
()=>{})}}),o(j,"pointerenter",()=>{for(let{video:r}of i.clips)r.preload="auto"});function Se(r){for(let[p,M]of r.choices)b.set(p,M);D(),n.speed.value=r.speed,i.
loop=r.loop,A.accelerate(0),d(x().length>1?r.view:"side"),i.seek(r.time_s),r.playing&&i.play()}E();let X=ee.get(e.dataset.grid??"");ee.delete(e.dataset.grid??""),
X&&performance.now()-X.at_ms<De&&Se(X);let oe=i.clips.find(({video:r})=>r.currentTime>0);oe&&i.seek(oe.video.currentTime);let ne=new MutationObserver(E);return ne.
observe(e,{childList:!0,subtree:!0}),()=>{e.dataset.grid&&ee.set(e.dataset.grid,{at_ms:performance.now(),time_s:i.time(),playing:i.playing,loop:i.loop,speed:n.speed.
value,view:s,choices:b}),ne.disconnect(),t.abort(),i.playing=!1,delete e.dataset.view,a.show([],!1);for(let r of l.values())F(r);for(let r of G)r.remove()}}for(let e of document.querySelectorAll(".hailuo-compare:not([data-compare])"))ae(e,ve);})();
