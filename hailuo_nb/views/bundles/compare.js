// compare/saved.js f14c509c882809b5297de85ad556360469f751011e596e928afe2b9971342f03
"use strict";(()=>{var ae="http://www.w3.org/2000/svg";function h(e,t="",o={},...s){let a=document.createElement(e);t&&(a.className=t);for(let[i,l]of Object.entries(o))l!=null&&l!==!1&&a.setAttribute(i,l===!0?"":String(
l));return a.append(...s.filter(i=>i!==null)),a}function se(e,t,o={}){let[s,a]=[document.createElementNS(ae,"svg"),document.createElementNS(ae,"path")];for(let[i,l]of Object.entries({viewBox:`0 0 ${t} ${t}`,...o}))
s.setAttribute(i,String(l));return a.setAttribute("d",e),s.append(a),s}var B=e=>e.ctrlKey||e.metaKey||e.altKey;function U(e){e.preventDefault(),e.stopPropagation()}function le(e,t){let o=t(e);new IntersectionObserver(()=>{e.isConnected?
o??=t(e):(o?.(),o=null)}).observe(e)}function ce({src:e}){let t=/^[^:]+:\/.*\/([^/]+)\.mp4/.exec(e)?.[1];return`This clip cannot be played: ${t?`${t}.mp4 is missing or`:"it is"} damaged.${t?` Put i\
t back beside the notebook, or %hailuo resume ${t} fetches it again, free.`:""}`}var H=24,I=[.25,.5,1,1.5,2],_=.5/H,R=e=>Math.floor(e*H+.01),$=e=>(e+.5)/H,z=(e,t,o)=>Math.min(Math.max(e,t),o),V=({seekable:e})=>e.length>0&&e.end(e.length-1)>0;
function de(e){let{audioTracks:t,mozHasAudio:o,webkitAudioDecodedByteCount:s}=e;return!!(t?.length||o||s)}var W=new WeakMap;async function pe(e,t){let o=e.getAttribute(
"src")??"";W.set(e,o);let a=await(await fetch(e.src,{cache:"no-store"})).blob();t.aborted||(e.src=URL.createObjectURL(a))}var ue=e=>W.has(e);function fe(e){let t=W.
get(e);W.delete(e),!(t===void 0||e.getAttribute("src")===t)&&(URL.revokeObjectURL(e.src),e.setAttribute("src",t))}var Oe={" ":e=>e.toggle(),k:e=>e.toggle(),",":e=>e.
step(-1),ArrowLeft:e=>e.step(-1),".":e=>e.step(1),ArrowRight:e=>e.step(1),j:e=>e.seek(e.time()-1),l:e=>e.seek(e.time()+1),Home:e=>e.seek(0),End:e=>e.seek(e.length()),
"-":e=>e.accelerate(-1),"[":e=>e.accelerate(-1),"+":e=>e.accelerate(1),"]":e=>e.accelerate(1),r:e=>e.loop(),m:e=>e.sound(),f:e=>e.full()},Fe={ArrowLeft:"j",ArrowRight:"\
l"};function he(e,t,o={}){let s=e.target,a=e.key.length===1?e.key.toLowerCase():e.key;if(s.closest("select,textarea,[contenteditable]")||a===" "&&s.closest("but\
ton,summary,a,.pick")||a.startsWith("Arrow")&&s.matches("[role=region]")||/^( |Arrow|Home|End)/.test(a)&&s.matches("video:is([controls],:fullscreen)")||B(e))return;
let l=/^\d$/.test(a)&&(()=>t.seek(t.length()*Number(a)/10)),y=Oe[e.shiftKey&&Fe[a]||a],n=l||o[a]||y&&(()=>y(t));n&&(U(e),n())}var He=250,Re=40,ge=.3/H,je=.25,_e=250,De=1e3,Ke=120,Y=({video:e,figure:t})=>Number.isFinite(e.duration)?e.duration:Number(t.dataset.seconds)||0,qe=e=>e.video.currentTime>
Y(e)-3*_,me=e=>e.broken||e.wanted===null&&!e.video.seeking&&e.video.readyState>=(qe(e)?2:3);function K(e,t=e.wanted){let{video:o}=e;if(e.wanted=t,t!==null&&clearTimeout(
e.sure),t!==null&&o.readyState<3&&(o.preload="auto"),t===null||o.seeking||o.readyState<1)return;if(!V(o)&&!e.stuck)return void Q(e);if(e.wanted=null,e.stuck)return;
let s=z(t,0,Y(e)-_);Math.abs(o.currentTime-s)>.001&&(o.currentTime=s)}function Ne(e,t){let{video:o}=e,s=!e.rolling&&o.paused&&o.muted&&me(e)&&t===R(o.currentTime)+
1&&"requestVideoFrameCallback"in o;if(e.rolling=s&&{},clearTimeout(e.sure),s||o.pause(),!s)return K(e,$(t));let a=e.rolling,i=(y=-1)=>{if(e.rolling===a){if(e.rolling=
!1,o.pause(),y!==t||R(o.currentTime)!==t)return K(e,$(t));e.sure=setTimeout(()=>{o.paused&&!e.stuck&&(o.currentTime=$(t))},Ke)}},l=(y,{mediaTime:n})=>{let S=Math.
round(n*H);S<t?o.requestVideoFrameCallback(l):setTimeout(i,Math.max(0,1e3*(t/H-o.currentTime)+5),S)};setTimeout(i,_e),o.requestVideoFrameCallback(l),o.playbackRate=
1,o.play().catch(()=>i())}async function Q(e){let{video:t}=e;if(!ue(t))try{await pe(t,e.end.signal)}catch{e.stuck=!0,t.dispatchEvent(new Event("canplay"))}}function be(e){
let t={clips:[],playing:!1,loop:!0,speed:1,dragging:!1,gathering:!1,length:n,time:S,seek:m,advance:w,play:g,pause:k,step:b,accelerate:O,ended:P},[o,s,a,i,l]=[0,
0,0,0,0],y=()=>t.clips.filter(({broken:f,video:x})=>!f&&!x.ended);function n(){return Math.max(0,...t.clips.map(f=>f.broken?0:Y(f)))}function S(){return t.playing&&
!t.gathering?u():o}function u(){let f=y().filter(({video:C})=>!C.paused&&C.readyState>2),x=f.find(({video:C})=>!C.muted);if(x)return x.video.currentTime;let A=(f.
length?f:y()).map(({video:C})=>C.currentTime);return A.length?A.sort((C,M)=>C-M)[A.length-1>>1]:n()}function m(f){o=z(f,0,Math.max(0,t.length()-_)),t.gathering=
t.playing;for(let x of t.clips)x.rolling=!1,x.video.pause();for(let x of t.clips)K(x,o);w(),e()}function w(){if(!(!t.gathering||t.dragging||!t.clips.every(me))){
t.gathering=!1,a=performance.now();for(let{video:f,broken:x}of t.clips)f.playbackRate=t.speed,x||f.play().catch(({name:A})=>A==="NotAllowedError"&&k())}}function g(){
t.playing=!0,m(o>=n()-3*_?0:o),cancelAnimationFrame(l),l=requestAnimationFrame(E)}function k(){let f=S();t.playing=!1,m($(R(f)))}function b(f){let x=R(S())+f;if(t.
playing||f!==1||$(x)>n())return t.playing=!1,m($(x));o=$(x);for(let A of t.clips)A.broken||Ne(A,x);e()}function O(f){t.speed=f;for(let{video:x}of t.clips)x.playbackRate=
f;e()}function P(){if(!(!t.playing||t.gathering||y().length)){if(t.loop)return m(0);o=n(),t.playing=!1,e()}}function E(f){t.playing&&(l=requestAnimationFrame(E),
f-s>He&&!t.gathering&&(s=f,N(f)),!(f-i<Re)&&(i=f,e()))}function N(f){let x=u(),A=M=>!M.broken&&!M.stuck&&x<Y(M)-3*_,C=({video:M})=>M.paused||M.readyState<3||Math.
abs(M.currentTime-x)>je;if(f-a>De&&t.clips.some(M=>A(M)&&C(M)))return m(x);for(let{video:M}of y()){let L=M.currentTime-x;Math.abs(L)>ge?M.playbackRate=t.speed*(1-
z(1.5*L,-.1,.1)):Math.abs(L)<ge/3&&(M.playbackRate=t.speed)}}return t}var xe=e=>()=>{let t=(l,y)=>e.style.setProperty(l,`${y}`),o=l=>t("--fit",l),s=()=>e.scrollHeight<=e.clientHeight,[a,i]=[30,100];if(t("--across",Math.ceil(Math.sqrt(
e.querySelectorAll("figure").length))),o(a),!s())return o(i);for(;i-a>.2;)o((a+i)/2),s()?a=(a+i)/2:i=(a+i)/2;o(a)};var q=(e,t)=>e.length===t.length&&e.every((o,s)=>o===t[s]);function ye(e){let t=[0,1].map(()=>h("span","tag",{dir:"auto"})),o=h("div","divider",{role:"slider",tabindex:0,
"aria-valuemin":0,"aria-valuemax":100}),s=h("div","pair"),a=h("div","stage",{hidden:""},s,...t,o),i=[],l=50;function y(u){l=z(Math.round(u),0,100),a.style.setProperty(
"--wipe",`${l}%`),o.setAttribute("aria-valuenow",String(l)),o.setAttribute("aria-valuetext",`${l}% ${t[0].textContent}`)}function n({clientX:u,pointerId:m,type:w,
button:g}){if(w==="pointerdown"&&!g&&!o.hidden&&a.setPointerCapture(m),!a.hasPointerCapture(m))return;let{left:k,width:b}=a.getBoundingClientRect();y(100*(u-k)/
b)}for(let u of["pointerdown","pointermove"])e(a,u,n);e(o,"keydown",u=>{let m={ArrowLeft:-1,ArrowDown:-1,ArrowRight:1,ArrowUp:1,PageDown:-10,PageUp:10,Home:-100,
End:100}[u.key];!m||B(u)||(U(u),y(l+m*(u.shiftKey?10:1)))});function S(u,m){if(!(q(u,i)&&o.hidden!==m)){for(let w of i)w.home?.replaceWith(w.video);a.hidden=!u.
length,o.hidden=!m,i=u;for(let[w,g]of u.entries()){let{width:k,height:b}=g.video;w||a.style.setProperty("--ratio",String((k||16)/(b||9))),g.home=h("div","home",
{style:`aspect-ratio:${k||16}/${b||9}`}),g.video.replaceWith(g.home),s.append(g.video),t[w].textContent=`${"AB"[w]} ${g.label}`}o.setAttribute("aria-label",`Div\
ider between ${u.map(({label:w})=>w).join(" and ")}`),y(l)}}return{box:a,divider:o,show:S}}var Be=-1;function we(e,t){let o=[],s,a=()=>o.indexOf(s);function i(n){for(let S of t.values())S!==n&&(S.video.muted=!0);n&&(n.video.muted=!1),e.value=String(a())}
function l(n){s=o[n],i(s)}function y(n){for(let m of n)m.sounds||=de(m.video);let S=n.filter(({sounds:m,broken:w})=>m&&!w);if(q(S,o))return;o=S;let u=o.map(({label:m},w)=>h(
"option","",{value:w},`♪ ${m}`));e.replaceChildren(h("option","",{value:Be},"Sound off"),...u),e.hidden=!o.length,i(o[a()])}return e.hidden=!0,{offer:y,next:()=>l(
Number(e.value)+1),pick:()=>l(Number(e.value)),changed(n){n.video.muted||n===o[a()]||(s=n,i(n))}}}var ve=`.hailuo-compare{
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
@media print{.tools{display:none}}}`;var Z="M3 1.5v11l9.5-5.5z",ke="M3 2h3v10H3zM8 2h3v10H8z",Ue={play:["Play","Space",Z],start:["To the start","Home","M2 2h2v10H2zM12 2v10L5 7z"],back:["Previous f\
rame",",","M9.5 2v10L4 7z"],next:["Next frame",".","M4.5 2v10L10 7z"],end:["To the end","End","M10 2h2v10h-2zM2 2v10l7-5z"],loop:["Loop","R"],wipe:["Wipe","W"],
difference:["Difference","D; four times as bright as it is"],full:["Full screen","F","M2 2h4v2H4v2H2zM8 2h4v4h-2V4H8zM2 8h2v2h2v2H2zM10 8h2v4H8v-2h2z"],help:["K\
eys","?",""]},Se={"Space K":"play or pause","← → , .":"one frame","Shift+← Shift+→ J L":"one second","Home End 0…9":"to the start, the end, a tenth be\
tween","− + [ ]":"slower, faster",R:"loop",M:"sound of the next clip, and off",W:"wipe between two clips; then ← → move the divider",D:"difference of two \
clips, made bright",X:"swap A and B",F:"full screen",Esc:"back to side by side"},ee=e=>se(e,14);function Me(){let e={};for(let[b,[O,P,E]]of Object.entries(Ue))e[b]=
h("button","",{type:"button",title:`${O} (${P})`},E?ee(E):E===""?P:O),E!==void 0&&(e[b].ariaLabel=O);let t=h("input","",{type:"range",min:0,step:"any","aria-lab\
el":"Time of all clips"}),o=h("select","",{"aria-label":"Speed",title:"Speed (− and +)"},...I.map(b=>h("option","",{value:b},`${b}×`))),[s,a]=["A","B"].map(b=>h(
"select","",{"aria-label":`Clip ${b}`})),{play:i,start:l,back:y,next:n,end:S,loop:u,wipe:m,difference:w,full:g,help:k}=e;return{play:i,start:l,back:y,next:n,end:S,
slider:t,time:h("output","",{"aria-live":"off"}),sound:h("select","",{"aria-label":"Sound",title:"Which clip is heard (M)"}),loop:u,speed:o,wipe:m,difference:w,
a:s,b:a,full:g,help:k}}function Ae(e,t){let o=Object.entries(t).map(([i,l])=>h("div","",{role:"listitem"},h("span","",{},...i.split(" ").map(y=>h("kbd","",{},y))),
h("span","",{},l))),s=h("button","",{type:"button"},"Close"),a=h("dialog","help",{"aria-label":"Keys"},h("strong","",{},"Keys"),h("div","keys",{role:"list"},...o),
s);return e(s,"click",()=>a.close()),e(a,"keydown",i=>{i.stopPropagation(),i.key==="?"&&a.close()}),a}var G=9,We=4,Ie=5e3,te=Ve(Symbol.for("hailuo.kept"),()=>new Map);function Ve(e,t){let o=window;return o[e]??=t(),o[e]}function Te(e,{more:t={},keys:o=Se}={}){e.
dataset.compare="on";let s=new AbortController,a=(r,d,T,{signal:p}=s)=>r.addEventListener(d,T,{signal:p}),[i,l,y,n]=[Me(),ye(a),Ae(a,o),be(C)],S=h("div","tools",
{role:"group","aria-label":"All clips together"},...Object.values(i)),u=new Map,m=we(i.sound,u),w=new Map,g="side",k=[],b=()=>[...u.values()].filter(({picked:r})=>r);
function O(r,d){let T=r.dataset.label??"",p={figure:r,video:d,label:T,wanted:null,broken:!1,end:new AbortController,tick:h("input","pick",{type:"checkbox","aria\
-label":`Compare ${T}`,title:"Compare"}),note:h("p","",{role:"alert",style:"margin:0;font-size:12px"})},c=(v,F)=>a(d,v,F,p.end);c("loadedmetadata",()=>{V(d)||Q(
p),P(p,!1),C()});for(let v of["loadedmetadata","canplay","seeked"])c(v,()=>{K(p),n.advance()});for(let v of["loadeddata","timeupdate"])c(v,C);return c("volumech\
ange",()=>m.changed(p)),c("ended",n.ended),c("error",()=>P(p,!0)),a(p.tick,"change",()=>{w.set(p.label,p.tick.checked),x()},p.end),d.error&&P(p,!0),p}function P(r,d){
r.broken=d,r.note.textContent=d?ce(r.video):"",d&&r.figure.append(r.note),n.advance(),n.ended(),C()}function E(r,d){r.picked!==d&&(r.picked=d,r.video.paused||r.
video.pause(),Object.assign(r.video,{controls:!1,loop:!d,muted:!0,playbackRate:d?n.speed:1}))}function N(r){r.end.abort(),E(r,!1),r.video.controls=!0,r.tick.remove(),
r.note.remove(),fe(r.video)}function f(){let r=e.querySelectorAll("figure.hailuo-clip"),d=new Map;for(let p of r){let c=u.get(p),F=c!==void 0&&g!=="side"&&k.includes(
c)?c.video:p.querySelector("video[src]");F&&d.set(p,c?.video===F?c:O(p,F))}let T=[...u].filter(([p,c])=>d.get(p)!==c).map(([,p])=>p);if(!(!T.length&&d.size===u.
size)){T.some(p=>k.includes(p))&&A("side"),T.forEach(N),u.clear();for(let[p,c]of d)u.set(p,c);x()}}function x(){let r=e.querySelectorAll("figure.hailuo-clip").length,
d=e.matches(".hailuo-grid")||r>G,T=(r>G?We:G)-b().length;for(let c of u.values())E(c,w.get(c.label)??c.picked??T-- >0);let p=b().length>=G;for(let c of u.values()){
Object.assign(c.tick,{checked:c.picked,disabled:p&&!c.picked});let v=c.figure.querySelector("figcaption > p")??c.figure.querySelector("figcaption")??c.figure;d?
c.tick.isConnected||v.prepend(c.tick):c.tick.remove()}for(let[c,v]of[i.a,i.b].entries())v.replaceChildren(...b().map(({label:F},$e)=>h("option","",{value:$e},`${"\
AB"[c]} ${F}`))),v.value=String(z(b().indexOf(k[c]),c,b().length-1));A(b().length>1?g:"side")}function A(r){let[d,T]=[n.time(),l.divider.matches(":focus")];k=[i.
a,i.b].map(({value:v})=>b()[Number(v)]),k[0]===k[1]&&(k[1]=b().find(v=>v!==k[0])),[i.a.value,i.b.value]=k.map(v=>String(b().indexOf(v))),g=r,g==="side"?delete e.
dataset.view:e.dataset.view=g,l.show(g==="side"?[]:k,g==="wipe");let p=g==="side"?b():k,c=q(p,n.clips);for(let v of n.clips)p.includes(v)||v.video.pause();n.clips=
p,!c&&(n.playing||d>0)&&n.seek(d),T&&g!=="wipe"&&e.focus(),C()}function C(){let[r,d,T]=[n.length(),n.time(),g==="side"],p=`${d.toFixed(2)} / ${r.toFixed(2)} s`,
c=n.playing?"Pause":"Play";i.time.textContent!==p&&(i.time.textContent=p),n.dragging||Object.assign(i.slider,{max:r||1,value:d}),n.playing||(i.slider.ariaValueText=
`${p}, frame ${R(d)}`),i.play.ariaLabel!==c&&(Object.assign(i.play,{ariaLabel:c,title:`${c} (Space)`}),i.play.replaceChildren(ee(n.playing?ke:Z))),e.toggleAttribute(
"data-playing",n.playing&&r>0),i.loop.ariaPressed=String(n.loop);for(let v of["wipe","difference"])i[v].ariaPressed=String(g===v);i.a.hidden=i.b.hidden=T,i.wipe.
hidden=i.difference.hidden=b().length<2,S.hidden=u.size===0,m.offer(n.clips)}let M=r=>{b().length>1&&A(g===r?"side":r)},L={toggle:()=>n.playing?n.pause():n.play(),
step:n.step,seek:n.seek,time:n.time,length:n.length,loop:()=>{n.loop=!n.loop,C()},accelerate(r){i.speed.selectedIndex=z(i.speed.selectedIndex+r,0,I.length-1),n.
accelerate(Number(i.speed.value))},sound:m.next,full:()=>{(document.fullscreenElement?document.exitFullscreen():e.requestFullscreen?.())?.catch(()=>{})}},Ce=()=>{
[i.a.value,i.b.value]=[i.b.value,i.a.value],A(g)},D={play:L.toggle,start:()=>n.seek(0),back:()=>n.step(-1),next:()=>n.step(1),end:()=>n.seek(n.length()),loop:L.
loop,wipe:()=>M("wipe"),difference:()=>M("difference"),full:L.full,help:()=>y.showModal()},oe={d:D.difference,x:Ce,"?":D.help,w:()=>{D.wipe(),g==="wipe"&&l.divider.
focus()},...t};function Ee(r){n.clips.length&&he(r,L,g==="side"?oe:{...oe,Escape:()=>A("side")})}let j=e.querySelector(".hailuo-bar")??h("div","hailuo-bar",{style:"\
margin:8px 0"}),X=[l.box,h("style","",{},ve),S,y];j.isConnected||(e.prepend(j),X.push(j)),j.after(l.box),j.append(...X.slice(1,4)),Object.assign(e,{tabIndex:0,role:"\
group",ariaLabel:e.ariaLabel??"Clips that play together"}),e.dataset.lmSuppressShortcuts="true",i.speed.value="1",i.full.hidden=!document.fullscreenEnabled;for(let[
r,d]of Object.entries(D))a(i[r],"click",d);a(i.sound,"change",m.pick),a(i.speed,"change",()=>L.accelerate(0));for(let r of[i.a,i.b])a(r,"change",()=>A(g));a(i.slider,
"pointerdown",({button:r})=>{n.dragging=r===0});for(let r of["pointerup","pointercancel"])a(i.slider,r,()=>{n.dragging=!1,n.advance()});a(i.slider,"input",()=>n.
seek(Number(i.slider.value))),a(e,"keydown",Ee);let ne=xe(e);a(e,"fullscreenchange",ne),a(window,"resize",ne),a(e,"click",({target:r})=>{let d=[...u.values()].find(
({video:T})=>T===r);if(!(!d||r.controls||d.picked&&g!=="side")){if(d.picked)return D.play();r.controls=!0,r.play().catch(()=>{})}}),a(j,"pointerenter",()=>{for(let{
video:r}of n.clips)r.preload="auto"});function Le(r){for(let[d,T]of r.choices)w.set(d,T);x(),i.speed.value=r.speed,n.loop=r.loop,L.accelerate(0),A(b().length>1?
r.view:"side"),n.seek(r.time_s),r.playing&&n.play()}f();let J=te.get(e.dataset.grid??"");te.delete(e.dataset.grid??""),J&&performance.now()-J.at_ms<Ie&&Le(J);let ie=n.
clips.find(({video:r})=>r.currentTime>0);ie&&n.seek(ie.video.currentTime);let re=new MutationObserver(f);re.observe(e,{childList:!0,subtree:!0});function ze(){e.
dataset.grid&&te.set(e.dataset.grid,{at_ms:performance.now(),time_s:n.time(),playing:n.playing,loop:n.loop,speed:i.speed.value,view:g,choices:w}),re.disconnect(),
s.abort(),n.playing=!1,delete e.dataset.playing,delete e.dataset.view,l.show([],!1);for(let r of u.values())N(r);for(let r of X)r.remove()}function Pe(r){f(),n.
seek(0),r&&n.play()}return Object.assign(ze,{restart:Pe})}for(let e of document.querySelectorAll(".hailuo-compare:not([data-compare], .hailuo-live-grid)"))le(e,Te);})();
