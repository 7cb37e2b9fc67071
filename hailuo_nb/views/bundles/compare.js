// compare/saved.js bc5c5ef37570b38d10d6790ada12707464ff6e7c3392c0075976119ad470bec8
"use strict";(()=>{var te="http://www.w3.org/2000/svg";function g(e,t="",o={},...n){let a=document.createElement(e);t&&(a.className=t);for(let[b,i]of Object.entries(o))i!=null&&i!==!1&&a.setAttribute(b,i===!0?"":String(
i));return a.append(...n.filter(b=>b!==null)),a}function oe(e,t,o={}){let[n,a]=[document.createElementNS(te,"svg"),document.createElementNS(te,"path")];for(let[b,i]of Object.entries({viewBox:`0 0 ${t} ${t}`,...o}))
n.setAttribute(b,String(i));return a.setAttribute("d",e),n.append(a),n}var q=e=>e.ctrlKey||e.metaKey||e.altKey;function _(e){e.preventDefault(),e.stopPropagation()}function ne(e,t){let o=t(e);new IntersectionObserver(()=>{e.isConnected?
o??=t(e):(o?.(),o=null)}).observe(e)}var F=24,B=[.25,.5,1,1.5,2],D=.5/F,H=e=>Math.floor(e*F+.01),P=e=>(e+.5)/F,E=(e,t,o)=>Math.min(Math.max(e,t),o),I=({seekable:e})=>e.length>0&&e.end(e.length-1)>0,
U=new WeakMap;async function ie(e,t){let o=e.getAttribute("src")??"";U.set(e,o);let a=await(await fetch(e.src,{cache:"no-store"})).blob();t.aborted||(e.src=URL.
createObjectURL(a))}var re=e=>U.has(e);function ae(e){let t=U.get(e);U.delete(e),!(t===void 0||e.getAttribute("src")===t)&&(URL.revokeObjectURL(e.src),e.setAttribute(
"src",t))}var we={" ":e=>e.toggle(),k:e=>e.toggle(),",":e=>e.step(-1),ArrowLeft:e=>e.step(-1),".":e=>e.step(1),ArrowRight:e=>e.step(1),j:e=>e.seek(e.time()-1),l:e=>e.
seek(e.time()+1),Home:e=>e.seek(0),End:e=>e.seek(e.length()),"-":e=>e.accelerate(-1),"[":e=>e.accelerate(-1),"+":e=>e.accelerate(1),"]":e=>e.accelerate(1),r:e=>e.
loop(),f:e=>e.full()},ye={ArrowLeft:"j",ArrowRight:"l"};function se(e,t,o={}){let n=e.target,a=e.key.length===1?e.key.toLowerCase():e.key;if(n.closest("select,t\
extarea,[contenteditable]")||a===" "&&n.closest("button,summary,a,.pick")||a.startsWith("Arrow")&&n.matches("[role=region]")||/^(Arrow|Home|End)/.test(a)&&n.matches(
"video[controls]")||q(e))return;let i=/^\d$/.test(a)&&(()=>t.seek(t.length()*Number(a)/10)),y=we[e.shiftKey&&ye[a]||a],m=i||o[a]||y&&(()=>y(t));m&&(_(e),m())}var ve=250,ke=40,le=.3/F,Se=.25,Me=250,Ae=1e3,Te=120,W=({video:e,figure:t})=>Number.isFinite(e.duration)?e.duration:Number(t.dataset.seconds)||0,Ce=e=>e.video.currentTime>
W(e)-3*D,ce=e=>e.broken||e.wanted===null&&!e.video.seeking&&e.video.readyState>=(Ce(e)?2:3);function N(e,t=e.wanted){let{video:o}=e;if(e.wanted=t,t!==null&&clearTimeout(
e.sure),o.readyState<1&&(o.preload="auto"),t===null||o.seeking||o.readyState<1)return;if(!I(o)&&!e.stuck)return void X(e);if(e.wanted=null,e.stuck)return;let n=E(
t,0,W(e)-D);Math.abs(o.currentTime-n)>.001&&(o.currentTime=n)}function Ee(e,t){let{video:o}=e,n=!e.rolling&&o.paused&&ce(e)&&t===H(o.currentTime)+1&&"requestVid\
eoFrameCallback"in o;if(e.rolling=n&&{},clearTimeout(e.sure),n||o.pause(),!n)return N(e,P(t));let a=e.rolling,b=(y=-1)=>{if(e.rolling===a){if(e.rolling=!1,o.pause(),
y!==t||H(o.currentTime)!==t)return N(e,P(t));e.sure=setTimeout(()=>{o.paused&&!e.stuck&&(o.currentTime=P(t))},Te)}},i=(y,{mediaTime:m})=>{let A=Math.round(m*F);
A<t?o.requestVideoFrameCallback(i):setTimeout(b,Math.max(0,1e3*(t/F-o.currentTime)+5),A)};setTimeout(b,Me),o.requestVideoFrameCallback(i),o.playbackRate=1,o.play().
catch(()=>b())}async function X(e){let{video:t}=e;if(!re(t))try{await ie(t,e.end.signal)}catch{e.stuck=!0,t.dispatchEvent(new Event("canplay"))}}function de(e){
let t={clips:[],playing:!1,loop:!0,speed:1,dragging:!1,gathering:!1,length:m,time:A,seek:u,advance:f,play:M,pause:T,step:k,accelerate:L,ended:O},[o,n,a,b,i]=[0,
0,0,0,0],y=()=>t.clips.filter(({broken:d,video:h})=>!d&&!h.ended);function m(){return Math.max(0,...t.clips.map(d=>d.broken?0:W(d)))}function A(){return t.playing&&
!t.gathering?s():o}function s(){let d=y().filter(({video:v})=>!v.paused&&v.readyState>2),h=(d.length?d:y()).map(({video:v})=>v.currentTime);return h.length?h.sort(
(v,K)=>v-K)[h.length-1>>1]:m()}function u(d){o=E(d,0,Math.max(0,t.length()-D)),t.gathering=t.playing;for(let h of t.clips)h.rolling=!1,h.video.pause();for(let h of t.
clips)N(h,o);f(),e()}function f(){if(!(!t.gathering||t.dragging||!t.clips.every(ce))){t.gathering=!1;for(let{video:d,broken:h}of t.clips)d.playbackRate=t.speed,
h||d.play().catch(({name:v})=>v==="NotAllowedError"&&T())}}function M(){t.playing=!0,u(o>=m()-3*D?0:o),cancelAnimationFrame(i),i=requestAnimationFrame(C)}function T(){
let d=A();t.playing=!1,u(P(H(d)))}function k(d){let h=H(A())+d;if(t.playing||d!==1||P(h)>m())return t.playing=!1,u(P(h));o=P(h);for(let v of t.clips)v.broken||Ee(
v,h);e()}function L(d){t.speed=d;for(let{video:h}of t.clips)h.playbackRate=d;e()}function O(){if(!(!t.playing||t.gathering||y().length)){if(t.loop)return u(0);o=
m(),t.playing=!1,e()}}function C(d){t.playing&&(i=requestAnimationFrame(C),d-n>ve&&!t.gathering&&(n=d,z(d)),!(d-b<ke)&&(b=d,e()))}function z(d){let h=s(),v=w=>!w.
broken&&!w.stuck&&h<W(w)-3*D,K=({video:w})=>w.paused||w.readyState<3||Math.abs(w.currentTime-h)>Se;if(d-a>Ae&&t.clips.some(w=>v(w)&&K(w)))return a=d,u(h);for(let{
video:w}of y()){let $=w.currentTime-h;Math.abs($)>le?w.playbackRate=t.speed*(1-E(1.5*$,-.1,.1)):Math.abs($)<le/3&&(w.playbackRate=t.speed)}}return t}var Y=(e,t)=>e.length===t.length&&e.every((o,n)=>o===t[n]);function pe(e){let t=[0,1].map(()=>g("span","tag",{dir:"auto"})),o=g("div","divider",{role:"slider",tabindex:0,
"aria-valuemin":0,"aria-valuemax":100}),n=g("div","pair"),a=g("div","stage",{hidden:""},n,...t,o),b=[],i=50;function y(s){i=E(Math.round(s),0,100),a.style.setProperty(
"--wipe",`${i}%`),o.setAttribute("aria-valuenow",String(i)),o.setAttribute("aria-valuetext",`${i}% ${t[0].textContent}`)}function m({clientX:s,pointerId:u,type:f,
button:M}){if(f==="pointerdown"&&!M&&!o.hidden&&a.setPointerCapture(u),!a.hasPointerCapture(u))return;let{left:T,width:k}=a.getBoundingClientRect();y(100*(s-T)/
k)}for(let s of["pointerdown","pointermove"])e(a,s,m);e(o,"keydown",s=>{let u={ArrowLeft:-1,ArrowDown:-1,ArrowRight:1,ArrowUp:1,PageDown:-10,PageUp:10,Home:-100,
End:100}[s.key];!u||q(s)||(_(s),y(i+u*(s.shiftKey?10:1)))});function A(s,u){if(!(Y(s,b)&&o.hidden!==u)){for(let f of b)f.home?.replaceWith(f.video);a.hidden=!s.
length,o.hidden=!u,b=s;for(let[f,M]of s.entries()){let{width:T,height:k}=M.video;f||a.style.setProperty("--ratio",String((T||16)/(k||9))),M.home=g("div","home",
{style:`aspect-ratio:${T||16}/${k||9}`}),M.video.replaceWith(M.home),n.append(M.video),t[f].textContent=`${"AB"[f]} ${M.label}`}o.setAttribute("aria-label",`Div\
ider between ${s.map(({label:f})=>f).join(" and ")}`),y(i)}}return{box:a,divider:o,show:A}}var ue=`.hailuo-compare{
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
imes as bright as it is"],full:["Full screen","F","M2 2h4v2H4v2H2zM8 2h4v4h-2V4H8zM2 8h2v2h2v2H2zM10 8h2v4H8v-2h2z"],help:["Keys","?",""]},fe="M3 2h3v10H3zM8 2h\
3v10H8z",Le={"Space K":"play or pause","← → , .":"one frame back or on","Shift+← Shift+→ J L":"one second back or on","Home End 0…9":"to the start, th\
e end, a tenth between","− + [ ]":"slower, faster",R:"loop",W:"wipe between two clips; then ← → move the divider",D:"difference of two clips, made bright",
X:"swap A and B",F:"full screen",Esc:"back to side by side"},Q=e=>oe(e,14);function he(){let e={};for(let[k,[L,O,C]]of Object.entries(J))e[k]=g("button","",{type:"\
button",title:`${L} (${O})`},C?Q(C):C===""?O:L),C!==void 0&&(e[k].ariaLabel=L);let t=g("input","",{type:"range",min:0,step:"any","aria-label":"Time of all clips"}),
o=g("select","",{"aria-label":"Speed",title:"Speed (− and +)"},...B.map(k=>g("option","",{value:k},`${k}×`))),[n,a]=["A","B"].map(k=>g("select","",{"aria-lab\
el":`Clip ${k}`})),{play:b,start:i,back:y,next:m,end:A,loop:s,wipe:u,difference:f,full:M,help:T}=e;return{play:b,start:i,back:y,next:m,end:A,slider:t,time:g("ou\
tput","",{"aria-live":"off"}),loop:s,speed:o,wipe:u,difference:f,a:n,b:a,full:M,help:T}}function ge(e){let t=Object.entries(Le).flatMap(([a,b])=>[g("dt","",{},...a.
split(" ").map(i=>g("kbd","",{},i))),g("dd","",{},b)]),o=g("button","",{type:"button"},"Close"),n=g("dialog","help",{"aria-label":"Keys"},g("strong","",{},"Keys"),
g("dl","",{},...t),o);return e(o,"click",()=>n.close()),e(n,"keydown",a=>{a.stopPropagation(),a.key==="?"&&n.close()}),n}var V=9,ze=4;function me(e){e.dataset.compare="on";let t=new AbortController,o=(r,p,S,{signal:c}=t)=>r.addEventListener(p,S,{signal:c}),[n,a,b,i]=[he(),pe(o),ge(
o),de(d)],y=g("div","tools",{role:"group","aria-label":"All clips together"},...Object.values(n)),m=new Map,A=new Map,s="side",u=[],f=()=>[...m.values()].filter(
({picked:r})=>r);function M(r,p){let S=r.dataset.label??"",c={figure:r,video:p,label:S,wanted:null,broken:!1,end:new AbortController,tick:g("input","pick",{type:"\
checkbox","aria-label":`Compare ${S}`,title:"Compare"}),note:g("p","",{role:"alert",style:"margin:0;font-size:12px"})},l=(x,R)=>o(p,x,R,c.end);l("loadedmetadata",
()=>{I(p)||X(c),T(c,!1),d()});for(let x of["loadedmetadata","canplay","seeked"])l(x,()=>{N(c),i.advance()});return l("ended",i.ended),l("error",()=>T(c,!0)),o(c.
tick,"change",()=>{A.set(c.label,c.tick.checked),C()},c.end),p.error&&T(c,!0),c}function T(r,p){r.broken=p,r.note.textContent=p?"This clip cannot be played: its\
 file is missing or damaged.":"",p&&r.figure.append(r.note),i.advance(),i.ended(),d()}function k(r,p){r.picked!==p&&(r.picked=p,r.video.paused||r.video.pause(),
Object.assign(r.video,{controls:!1,loop:!p,muted:!0,playbackRate:p?i.speed:1}))}function L(r){r.end.abort(),k(r,!1),r.video.controls=!0,r.tick.remove(),r.note.remove(),
ae(r.video)}function O(){let r=e.querySelectorAll("figure.hailuo-clip"),p=new Map;for(let c of r){let l=m.get(c),R=l!==void 0&&s!=="side"&&u.includes(l)?l.video:
c.querySelector("video[src]");R&&p.set(c,l?.video===R?l:M(c,R))}let S=[...m].filter(([c,l])=>p.get(c)!==l).map(([,c])=>c);if(!(!S.length&&p.size===m.size)){S.some(
c=>u.includes(c))&&z("side"),S.forEach(L),m.clear();for(let[c,l]of p)m.set(c,l);C()}}function C(){let r=e.querySelectorAll("figure.hailuo-clip").length,p=e.matches(
".hailuo-grid")||r>V,S=(r>V?ze:V)-f().length;for(let l of m.values())k(l,A.get(l.label)??l.picked??S-- >0);let c=f().length>=V;for(let l of m.values()){Object.assign(
l.tick,{checked:l.picked,disabled:c&&!l.picked});let x=l.figure.querySelector("figcaption > p")??l.figure.querySelector("figcaption")??l.figure;p?l.tick.isConnected||
x.prepend(l.tick):l.tick.remove()}for(let[l,x]of[n.a,n.b].entries())x.replaceChildren(...f().map(({label:R},xe)=>g("option","",{value:xe},`${"AB"[l]} ${R}`))),x.
value=String(E(f().indexOf(u[l]),l,f().length-1));z(f().length>1?s:"side")}function z(r){let[p,S]=[i.time(),a.divider.matches(":focus")];u=[n.a,n.b].map(({value:x})=>f()[Number(
x)]),u[0]===u[1]&&(u[1]=f().find(x=>x!==u[0])),[n.a.value,n.b.value]=u.map(x=>String(f().indexOf(x))),s=r,s==="side"?delete e.dataset.view:e.dataset.view=s,a.show(
s==="side"?[]:u,s==="wipe");let c=s==="side"?f():u,l=Y(c,i.clips);for(let x of i.clips)c.includes(x)||x.video.pause();i.clips=c,!l&&(i.playing||p>0)&&i.seek(p),
S&&s!=="wipe"&&e.focus(),d()}function d(){let[r,p,S]=[i.length(),i.time(),s==="side"],c=`${p.toFixed(2)} / ${r.toFixed(2)} s`,l=i.playing?"Pause":"Play";n.time.
textContent!==c&&(n.time.textContent=c),i.dragging||Object.assign(n.slider,{max:r||1,value:p}),i.playing||(n.slider.ariaValueText=`${c}, frame ${H(p)}`),n.play.
ariaLabel!==l&&(Object.assign(n.play,{ariaLabel:l,title:`${l} (Space)`}),n.play.replaceChildren(Q(i.playing?fe:J.play[2]??""))),n.loop.ariaPressed=String(i.loop);
for(let x of["wipe","difference"])n[x].ariaPressed=String(s===x);n.a.hidden=n.b.hidden=S,n.wipe.hidden=n.difference.hidden=f().length<2,y.hidden=m.size===0}let h=r=>{
f().length>1&&z(s===r?"side":r)},v={toggle:()=>i.playing?i.pause():i.play(),step:i.step,seek:i.seek,time:i.time,length:i.length,loop:()=>{i.loop=!i.loop,d()},accelerate(r){
n.speed.selectedIndex=E(n.speed.selectedIndex+r,0,B.length-1),i.accelerate(Number(n.speed.value))},full:()=>{(document.fullscreenElement?document.exitFullscreen():
e.requestFullscreen?.())?.catch(()=>{})}},K=()=>{[n.a.value,n.b.value]=[n.b.value,n.a.value],z(s)},w={play:v.toggle,start:()=>i.seek(0),back:()=>i.step(-1),next:()=>i.
step(1),end:()=>i.seek(i.length()),loop:v.loop,wipe:()=>h("wipe"),difference:()=>h("difference"),full:v.full,help:()=>b.showModal()},$={d:w.difference,x:K,"?":w.
help,w:()=>{w.wipe(),s==="wipe"&&a.divider.focus()}};function be(r){i.clips.length&&se(r,v,s==="side"?$:{...$,Escape:()=>z("side")})}let j=e.querySelector(".hai\
luo-bar")??g("div","hailuo-bar",{style:"margin:8px 0"}),G=[a.box,g("style","",{},ue),y,b];j.isConnected||(e.prepend(j),G.push(j)),j.before(a.box),j.append(...G.
slice(1,4)),Object.assign(e,{tabIndex:0,role:"group",ariaLabel:e.ariaLabel??"Clips that play together"}),e.dataset.lmSuppressShortcuts="true",n.speed.value="1",
n.full.hidden=!document.fullscreenEnabled;for(let[r,p]of Object.entries(w))o(n[r],"click",p);o(n.speed,"change",()=>v.accelerate(0));for(let r of[n.a,n.b])o(r,"\
change",()=>z(s));o(n.slider,"pointerdown",()=>{i.dragging=!0});for(let r of["pointerup","pointercancel"])o(n.slider,r,()=>{i.dragging=!1,i.advance()});o(n.slider,
"input",()=>i.seek(Number(n.slider.value))),o(e,"keydown",be),o(e,"click",({target:r})=>{let p=[...m.values()].find(({video:S})=>S===r);if(!(!p||r.controls||p.picked&&
s!=="side")){if(p.picked)return w.play();r.controls=!0,r.play().catch(()=>{})}}),o(j,"pointerenter",()=>{for(let{video:r}of i.clips)r.preload="auto"}),O();let Z=i.
clips.find(({video:r})=>r.currentTime>0);Z&&i.seek(Z.video.currentTime);let ee=new MutationObserver(O);return ee.observe(e,{childList:!0,subtree:!0}),()=>{ee.disconnect(),
t.abort(),i.playing=!1,delete e.dataset.view,a.show([],!1);for(let r of m.values())L(r);for(let r of G)r.remove()}}for(let e of document.querySelectorAll(".hailuo-compare:not([data-compare])"))ne(e,me);})();
