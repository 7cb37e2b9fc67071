// compare/saved.js 90c2dfca68f9d2dcd4fd533237ab169a0f4fe77398329a001eda882ff3e7efff
"use strict";(()=>{var re="http://www.w3.org/2000/svg";function h(e,t="",o={},...n){let a=document.createElement(e);t&&(a.className=t);for(let[f,i]of Object.entries(o))i!=null&&i!==!1&&a.setAttribute(f,i===!0?"":String(
i));return a.append(...n.filter(f=>f!==null)),a}function ae(e,t,o={}){let[n,a]=[document.createElementNS(re,"svg"),document.createElementNS(re,"path")];for(let[f,i]of Object.entries({viewBox:`0 0 ${t} ${t}`,...o}))
n.setAttribute(f,String(i));return a.setAttribute("d",e),n.append(a),n}var N=e=>e.ctrlKey||e.metaKey||e.altKey;function B(e){e.preventDefault(),e.stopPropagation()}function se(e,t){let o=t(e);new IntersectionObserver(()=>{e.isConnected?
o??=t(e):(o?.(),o=null)}).observe(e)}function le({src:e}){let t=/^[^:]+:\/.*\/([^/]+)\.mp4/.exec(e)?.[1];return`This clip cannot be played: ${t?`${t}.mp4 is missing or`:"it is"} damaged.${t?` Put i\
t back beside the notebook, or %hailuo resume ${t} fetches it again, free.`:""}`}var H=24,W=[.25,.5,1,1.5,2],_=.5/H,R=e=>Math.floor(e*H+.01),$=e=>(e+.5)/H,z=(e,t,o)=>Math.min(Math.max(e,t),o),I=({seekable:e})=>e.length>0&&e.end(e.length-1)>0;
function ce(e){let{audioTracks:t,mozHasAudio:o,webkitAudioDecodedByteCount:n}=e;return!!(t?.length||o||n)}var U=new WeakMap;async function de(e,t){let o=e.getAttribute(
"src")??"";U.set(e,o);let a=await(await fetch(e.src,{cache:"no-store"})).blob();t.aborted||(e.src=URL.createObjectURL(a))}var pe=e=>U.has(e);function ue(e){let t=U.
get(e);U.delete(e),!(t===void 0||e.getAttribute("src")===t)&&(URL.revokeObjectURL(e.src),e.setAttribute("src",t))}var Ee={" ":e=>e.toggle(),k:e=>e.toggle(),",":e=>e.
step(-1),ArrowLeft:e=>e.step(-1),".":e=>e.step(1),ArrowRight:e=>e.step(1),j:e=>e.seek(e.time()-1),l:e=>e.seek(e.time()+1),Home:e=>e.seek(0),End:e=>e.seek(e.length()),
"-":e=>e.accelerate(-1),"[":e=>e.accelerate(-1),"+":e=>e.accelerate(1),"]":e=>e.accelerate(1),r:e=>e.loop(),m:e=>e.sound(),f:e=>e.full()},Le={ArrowLeft:"j",ArrowRight:"\
l"};function fe(e,t,o={}){let n=e.target,a=e.key.length===1?e.key.toLowerCase():e.key;if(n.closest("select,textarea,[contenteditable]")||a===" "&&n.closest("but\
ton,summary,a,.pick")||a.startsWith("Arrow")&&n.matches("[role=region]")||/^( |Arrow|Home|End)/.test(a)&&n.matches("video:is([controls],:fullscreen)")||N(e))return;
let i=/^\d$/.test(a)&&(()=>t.seek(t.length()*Number(a)/10)),w=Ee[e.shiftKey&&Le[a]||a],l=i||o[a]||w&&(()=>w(t));l&&(B(e),l())}var ze=250,Pe=40,he=.3/H,$e=.25,Oe=250,Fe=1e3,He=120,V=({video:e,figure:t})=>Number.isFinite(e.duration)?e.duration:Number(t.dataset.seconds)||0,Re=e=>e.video.currentTime>
V(e)-3*_,ge=e=>e.broken||e.wanted===null&&!e.video.seeking&&e.video.readyState>=(Re(e)?2:3);function q(e,t=e.wanted){let{video:o}=e;if(e.wanted=t,t!==null&&clearTimeout(
e.sure),o.readyState<1&&(o.preload="auto"),t===null||o.seeking||o.readyState<1)return;if(!I(o)&&!e.stuck)return void J(e);if(e.wanted=null,e.stuck)return;let n=z(
t,0,V(e)-_);Math.abs(o.currentTime-n)>.001&&(o.currentTime=n)}function je(e,t){let{video:o}=e,n=!e.rolling&&o.paused&&o.muted&&ge(e)&&t===R(o.currentTime)+1&&"r\
equestVideoFrameCallback"in o;if(e.rolling=n&&{},clearTimeout(e.sure),n||o.pause(),!n)return q(e,$(t));let a=e.rolling,f=(w=-1)=>{if(e.rolling===a){if(e.rolling=
!1,o.pause(),w!==t||R(o.currentTime)!==t)return q(e,$(t));e.sure=setTimeout(()=>{o.paused&&!e.stuck&&(o.currentTime=$(t))},He)}},i=(w,{mediaTime:l})=>{let v=Math.
round(l*H);v<t?o.requestVideoFrameCallback(i):setTimeout(f,Math.max(0,1e3*(t/H-o.currentTime)+5),v)};setTimeout(f,Oe),o.requestVideoFrameCallback(i),o.playbackRate=
1,o.play().catch(()=>f())}async function J(e){let{video:t}=e;if(!pe(t))try{await de(t,e.end.signal)}catch{e.stuck=!0,t.dispatchEvent(new Event("canplay"))}}function me(e){
let t={clips:[],playing:!1,loop:!0,speed:1,dragging:!1,gathering:!1,length:l,time:v,seek:s,advance:g,play:x,pause:C,step:k,accelerate:P,ended:O},[o,n,a,f,i]=[0,
0,0,0,0],w=()=>t.clips.filter(({broken:d,video:m})=>!d&&!m.ended);function l(){return Math.max(0,...t.clips.map(d=>d.broken?0:V(d)))}function v(){return t.playing&&
!t.gathering?b():o}function b(){let d=w().filter(({video:A})=>!A.paused&&A.readyState>2),m=d.find(({video:A})=>!A.muted);if(m)return m.video.currentTime;let T=(d.
length?d:w()).map(({video:A})=>A.currentTime);return T.length?T.sort((A,S)=>A-S)[T.length-1>>1]:l()}function s(d){o=z(d,0,Math.max(0,t.length()-_)),t.gathering=
t.playing;for(let m of t.clips)m.rolling=!1,m.video.pause();for(let m of t.clips)q(m,o);g(),e()}function g(){if(!(!t.gathering||t.dragging||!t.clips.every(ge))){
t.gathering=!1;for(let{video:d,broken:m}of t.clips)d.playbackRate=t.speed,m||d.play().catch(({name:T})=>T==="NotAllowedError"&&C())}}function x(){t.playing=!0,s(
o>=l()-3*_?0:o),cancelAnimationFrame(i),i=requestAnimationFrame(E)}function C(){let d=v();t.playing=!1,s($(R(d)))}function k(d){let m=R(v())+d;if(t.playing||d!==
1||$(m)>l())return t.playing=!1,s($(m));o=$(m);for(let T of t.clips)T.broken||je(T,m);e()}function P(d){t.speed=d;for(let{video:m}of t.clips)m.playbackRate=d;e()}
function O(){if(!(!t.playing||t.gathering||w().length)){if(t.loop)return s(0);o=l(),t.playing=!1,e()}}function E(d){t.playing&&(i=requestAnimationFrame(E),d-n>ze&&
!t.gathering&&(n=d,D(d)),!(d-f<Pe)&&(f=d,e()))}function D(d){let m=b(),T=S=>!S.broken&&!S.stuck&&m<V(S)-3*_,A=({video:S})=>S.paused||S.readyState<3||Math.abs(S.
currentTime-m)>$e;if(d-a>Fe&&t.clips.some(S=>T(S)&&A(S)))return a=d,s(m);for(let{video:S}of w()){let L=S.currentTime-m;Math.abs(L)>he?S.playbackRate=t.speed*(1-
z(1.5*L,-.1,.1)):Math.abs(L)<he/3&&(S.playbackRate=t.speed)}}return t}var be=e=>()=>{let t=(i,w)=>e.style.setProperty(i,`${w}`),o=i=>t("--fit",i),n=()=>e.scrollHeight<=e.clientHeight,[a,f]=[30,100];if(t("--across",Math.ceil(Math.sqrt(
e.querySelectorAll("figure").length))),o(a),!n())return o(f);for(;f-a>.2;)o((a+f)/2),n()?a=(a+f)/2:f=(a+f)/2;o(a)};var K=(e,t)=>e.length===t.length&&e.every((o,n)=>o===t[n]);function xe(e){let t=[0,1].map(()=>h("span","tag",{dir:"auto"})),o=h("div","divider",{role:"slider",tabindex:0,
"aria-valuemin":0,"aria-valuemax":100}),n=h("div","pair"),a=h("div","stage",{hidden:""},n,...t,o),f=[],i=50;function w(b){i=z(Math.round(b),0,100),a.style.setProperty(
"--wipe",`${i}%`),o.setAttribute("aria-valuenow",String(i)),o.setAttribute("aria-valuetext",`${i}% ${t[0].textContent}`)}function l({clientX:b,pointerId:s,type:g,
button:x}){if(g==="pointerdown"&&!x&&!o.hidden&&a.setPointerCapture(s),!a.hasPointerCapture(s))return;let{left:C,width:k}=a.getBoundingClientRect();w(100*(b-C)/
k)}for(let b of["pointerdown","pointermove"])e(a,b,l);e(o,"keydown",b=>{let s={ArrowLeft:-1,ArrowDown:-1,ArrowRight:1,ArrowUp:1,PageDown:-10,PageUp:10,Home:-100,
End:100}[b.key];!s||N(b)||(B(b),w(i+s*(b.shiftKey?10:1)))});function v(b,s){if(!(K(b,f)&&o.hidden!==s)){for(let g of f)g.home?.replaceWith(g.video);a.hidden=!b.
length,o.hidden=!s,f=b;for(let[g,x]of b.entries()){let{width:C,height:k}=x.video;g||a.style.setProperty("--ratio",String((C||16)/(k||9))),x.home=h("div","home",
{style:`aspect-ratio:${C||16}/${k||9}`}),x.video.replaceWith(x.home),n.append(x.video),t[g].textContent=`${"AB"[g]} ${x.label}`}o.setAttribute("aria-label",`Div\
ider between ${b.map(({label:g})=>g).join(" and ")}`),w(i)}}return{box:a,divider:o,show:v}}var _e=-1;function we(e,t){let o=[],n,a=()=>o.indexOf(n);function f(l){for(let v of t.values())v!==l&&(v.video.muted=!0);l&&(l.video.muted=!1),e.value=String(a())}
function i(l){n=o[l],f(n)}function w(l){for(let s of l)s.sounds||=ce(s.video);let v=l.filter(({sounds:s,broken:g})=>s&&!g);if(K(v,o))return;o=v;let b=o.map(({label:s},g)=>h(
"option","",{value:g},`♪ ${s}`));e.replaceChildren(h("option","",{value:_e},"Sound off"),...b),e.hidden=!o.length,f(o[a()])}return e.hidden=!0,{offer:w,next:()=>i(
Number(e.value)+1),pick:()=>i(Number(e.value)),changed(l){l.video.muted||l===o[a()]||(n=l,f(l))}}}var ye=`.hailuo-compare{
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
&.hailuo-grid :is(table,.wrapped){margin:0 auto!important;max-width:calc(var(--fit)*1%)!important}
.wrapped{grid-template-columns:repeat(var(--across),minmax(0,1fr))!important}}
@media (forced-colors:active){.tools button[aria-pressed=true]{color:HighlightText;background:Highlight;forced-color-adjust:none}}
@media print{.tools{display:none}}}`;var Q="M3 1.5v11l9.5-5.5z",ve="M3 2h3v10H3zM8 2h3v10H8z",De={play:["Play","Space",Q],start:["To the start","Home","M2 2h2v10H2zM12 2v10L5 7z"],back:["Previous f\
rame",",","M9.5 2v10L4 7z"],next:["Next frame",".","M4.5 2v10L10 7z"],end:["To the end","End","M10 2h2v10h-2zM2 2v10l7-5z"],loop:["Loop","R"],wipe:["Wipe","W"],
difference:["Difference","D; four times as bright as it is"],full:["Full screen","F","M2 2h4v2H4v2H2zM8 2h4v4h-2V4H8zM2 8h2v2h2v2H2zM10 8h2v4H8v-2h2z"],help:["K\
eys","?",""]},qe={"Space K":"play or pause","← → , .":"one frame","Shift+← Shift+→ J L":"one second","Home End 0…9":"to the start, the end, a tenth be\
tween","− + [ ]":"slower, faster",R:"loop",M:"sound of the next clip, and off",W:"wipe between two clips; then ← → move the divider",D:"difference of two \
clips, made bright",X:"swap A and B",F:"full screen",Esc:"back to side by side"},Z=e=>ae(e,14);function ke(){let e={};for(let[k,[P,O,E]]of Object.entries(De))e[k]=
h("button","",{type:"button",title:`${P} (${O})`},E?Z(E):E===""?O:P),E!==void 0&&(e[k].ariaLabel=P);let t=h("input","",{type:"range",min:0,step:"any","aria-labe\
l":"Time of all clips"}),o=h("select","",{"aria-label":"Speed",title:"Speed (− and +)"},...W.map(k=>h("option","",{value:k},`${k}×`))),[n,a]=["A","B"].map(k=>h(
"select","",{"aria-label":`Clip ${k}`})),{play:f,start:i,back:w,next:l,end:v,loop:b,wipe:s,difference:g,full:x,help:C}=e;return{play:f,start:i,back:w,next:l,end:v,
slider:t,time:h("output","",{"aria-live":"off"}),sound:h("select","",{"aria-label":"Sound",title:"Which clip is heard (M)"}),loop:b,speed:o,wipe:s,difference:g,
a:n,b:a,full:x,help:C}}function Se(e){let t=Object.entries(qe).map(([a,f])=>h("div","",{role:"listitem"},h("span","",{},...a.split(" ").map(i=>h("kbd","",{},i))),
h("span","",{},f))),o=h("button","",{type:"button"},"Close"),n=h("dialog","help",{"aria-label":"Keys"},h("strong","",{},"Keys"),h("div","keys",{role:"list"},...t),
o);return e(o,"click",()=>n.close()),e(n,"keydown",a=>{a.stopPropagation(),a.key==="?"&&n.close()}),n}var Y=9,Ke=4,Ne=5e3,ee=Be(Symbol.for("hailuo.kept"),()=>new Map);function Be(e,t){let o=window;return o[e]??=t(),o[e]}function Me(e){e.dataset.compare="on";let t=new AbortController,
o=(r,p,M,{signal:u}=t)=>r.addEventListener(p,M,{signal:u}),[n,a,f,i]=[ke(),xe(o),Se(o),me(m)],w=h("div","tools",{role:"group","aria-label":"All clips together"},
...Object.values(n)),l=new Map,v=we(n.sound,l),b=new Map,s="side",g=[],x=()=>[...l.values()].filter(({picked:r})=>r);function C(r,p){let M=r.dataset.label??"",u={
figure:r,video:p,label:M,wanted:null,broken:!1,end:new AbortController,tick:h("input","pick",{type:"checkbox","aria-label":`Compare ${M}`,title:"Compare"}),note:h(
"p","",{role:"alert",style:"margin:0;font-size:12px"})},c=(y,F)=>o(p,y,F,u.end);c("loadedmetadata",()=>{I(p)||J(u),k(u,!1),m()});for(let y of["loadedmetadata","\
canplay","seeked"])c(y,()=>{q(u),i.advance()});for(let y of["loadeddata","timeupdate"])c(y,m);return c("volumechange",()=>v.changed(u)),c("ended",i.ended),c("er\
ror",()=>k(u,!0)),o(u.tick,"change",()=>{b.set(u.label,u.tick.checked),D()},u.end),p.error&&k(u,!0),u}function k(r,p){r.broken=p,r.note.textContent=p?le(r.video):
"",p&&r.figure.append(r.note),i.advance(),i.ended(),m()}function P(r,p){r.picked!==p&&(r.picked=p,r.video.paused||r.video.pause(),Object.assign(r.video,{controls:!1,
loop:!p,muted:!0,playbackRate:p?i.speed:1}))}function O(r){r.end.abort(),P(r,!1),r.video.controls=!0,r.tick.remove(),r.note.remove(),ue(r.video)}function E(){let r=e.
querySelectorAll("figure.hailuo-clip"),p=new Map;for(let u of r){let c=l.get(u),F=c!==void 0&&s!=="side"&&g.includes(c)?c.video:u.querySelector("video[src]");F&&
p.set(u,c?.video===F?c:C(u,F))}let M=[...l].filter(([u,c])=>p.get(u)!==c).map(([,u])=>u);if(!(!M.length&&p.size===l.size)){M.some(u=>g.includes(u))&&d("side"),M.
forEach(O),l.clear();for(let[u,c]of p)l.set(u,c);D()}}function D(){let r=e.querySelectorAll("figure.hailuo-clip").length,p=e.matches(".hailuo-grid")||r>Y,M=(r>Y?
Ke:Y)-x().length;for(let c of l.values())P(c,b.get(c.label)??c.picked??M-- >0);let u=x().length>=Y;for(let c of l.values()){Object.assign(c.tick,{checked:c.picked,
disabled:u&&!c.picked});let y=c.figure.querySelector("figcaption > p")??c.figure.querySelector("figcaption")??c.figure;p?c.tick.isConnected||y.prepend(c.tick):c.
tick.remove()}for(let[c,y]of[n.a,n.b].entries())y.replaceChildren(...x().map(({label:F},Ce)=>h("option","",{value:Ce},`${"AB"[c]} ${F}`))),y.value=String(z(x().
indexOf(g[c]),c,x().length-1));d(x().length>1?s:"side")}function d(r){let[p,M]=[i.time(),a.divider.matches(":focus")];g=[n.a,n.b].map(({value:y})=>x()[Number(y)]),
g[0]===g[1]&&(g[1]=x().find(y=>y!==g[0])),[n.a.value,n.b.value]=g.map(y=>String(x().indexOf(y))),s=r,s==="side"?delete e.dataset.view:e.dataset.view=s,a.show(s===
"side"?[]:g,s==="wipe");let u=s==="side"?x():g,c=K(u,i.clips);for(let y of i.clips)u.includes(y)||y.video.pause();i.clips=u,!c&&(i.playing||p>0)&&i.seek(p),M&&s!==
"wipe"&&e.focus(),m()}function m(){let[r,p,M]=[i.length(),i.time(),s==="side"],u=`${p.toFixed(2)} / ${r.toFixed(2)} s`,c=i.playing?"Pause":"Play";n.time.textContent!==
u&&(n.time.textContent=u),i.dragging||Object.assign(n.slider,{max:r||1,value:p}),i.playing||(n.slider.ariaValueText=`${u}, frame ${R(p)}`),n.play.ariaLabel!==c&&
(Object.assign(n.play,{ariaLabel:c,title:`${c} (Space)`}),n.play.replaceChildren(Z(i.playing?ve:Q))),n.loop.ariaPressed=String(i.loop);for(let y of["wipe","diff\
erence"])n[y].ariaPressed=String(s===y);n.a.hidden=n.b.hidden=M,n.wipe.hidden=n.difference.hidden=x().length<2,w.hidden=l.size===0,v.offer(i.clips)}let T=r=>{x().
length>1&&d(s===r?"side":r)},A={toggle:()=>i.playing?i.pause():i.play(),step:i.step,seek:i.seek,time:i.time,length:i.length,loop:()=>{i.loop=!i.loop,m()},accelerate(r){
n.speed.selectedIndex=z(n.speed.selectedIndex+r,0,W.length-1),i.accelerate(Number(n.speed.value))},sound:v.next,full:()=>{(document.fullscreenElement?document.exitFullscreen():
e.requestFullscreen?.())?.catch(()=>{})}},S=()=>{[n.a.value,n.b.value]=[n.b.value,n.a.value],d(s)},L={play:A.toggle,start:()=>i.seek(0),back:()=>i.step(-1),next:()=>i.
step(1),end:()=>i.seek(i.length()),loop:A.loop,wipe:()=>T("wipe"),difference:()=>T("difference"),full:A.full,help:()=>f.showModal()},te={d:L.difference,x:S,"?":L.
help,w:()=>{L.wipe(),s==="wipe"&&a.divider.focus()}};function Ae(r){i.clips.length&&fe(r,A,s==="side"?te:{...te,Escape:()=>d("side")})}let j=e.querySelector(".h\
ailuo-bar")??h("div","hailuo-bar",{style:"margin:8px 0"}),G=[a.box,h("style","",{},ye),w,f];j.isConnected||(e.prepend(j),G.push(j)),j.after(a.box),j.append(...G.
slice(1,4)),Object.assign(e,{tabIndex:0,role:"group",ariaLabel:e.ariaLabel??"Clips that play together"}),e.dataset.lmSuppressShortcuts="true",n.speed.value="1",
n.full.hidden=!document.fullscreenEnabled;for(let[r,p]of Object.entries(L))o(n[r],"click",p);o(n.sound,"change",v.pick),o(n.speed,"change",()=>A.accelerate(0));
for(let r of[n.a,n.b])o(r,"change",()=>d(s));o(n.slider,"pointerdown",()=>{i.dragging=!0});for(let r of["pointerup","pointercancel"])o(n.slider,r,()=>{i.dragging=
!1,i.advance()});o(n.slider,"input",()=>i.seek(Number(n.slider.value))),o(e,"keydown",Ae);let oe=be(e);o(e,"fullscreenchange",oe),o(window,"resize",oe),o(e,"cli\
ck",({target:r})=>{let p=[...l.values()].find(({video:M})=>M===r);if(!(!p||r.controls||p.picked&&s!=="side")){if(p.picked)return L.play();r.controls=!0,r.play().
catch(()=>{})}}),o(j,"pointerenter",()=>{for(let{video:r}of i.clips)r.preload="auto"});function Te(r){for(let[p,M]of r.choices)b.set(p,M);D(),n.speed.value=r.speed,
i.loop=r.loop,A.accelerate(0),d(x().length>1?r.view:"side"),i.seek(r.time_s),r.playing&&i.play()}E();let X=ee.get(e.dataset.grid??"");ee.delete(e.dataset.grid??
""),X&&performance.now()-X.at_ms<Ne&&Te(X);let ne=i.clips.find(({video:r})=>r.currentTime>0);ne&&i.seek(ne.video.currentTime);let ie=new MutationObserver(E);return ie.
observe(e,{childList:!0,subtree:!0}),()=>{e.dataset.grid&&ee.set(e.dataset.grid,{at_ms:performance.now(),time_s:i.time(),playing:i.playing,loop:i.loop,speed:n.speed.
value,view:s,choices:b}),ie.disconnect(),t.abort(),i.playing=!1,delete e.dataset.view,a.show([],!1);for(let r of l.values())O(r);for(let r of G)r.remove()}}for(let e of document.querySelectorAll(".hailuo-compare:not([data-compare])"))se(e,Me);})();
