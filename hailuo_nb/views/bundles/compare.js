// compare/saved.js facfc8e0b51145b2dd16c219fd515bc45fae36da0e5d406a6a39d197f41e63e6
"use strict";(()=>{var re="http://www.w3.org/2000/svg";function d(e,t="",o={},...s){let i=document.createElement(e);t&&(i.className=t);for(let[a,l]of Object.entries(o))l!=null&&l!==!1&&i.setAttribute(a,l===!0?"":String(
l));return i.append(...s.filter(a=>a!==null)),i}var se=e=>d("bdi","",{dir:"auto"},e);function le(e,t,o={}){let[s,i]=[document.createElementNS(re,"svg"),document.createElementNS(re,"path")];for(let[a,l]of Object.entries({viewBox:`0 0 ${t} ${t}`,...o}))
s.setAttribute(a,String(l));return i.setAttribute("d",e),s.append(i),s}var B=e=>e.ctrlKey||e.metaKey||e.altKey;function I(e){e.preventDefault(),e.stopPropagation()}function ce(e,t){let o=t(e);new IntersectionObserver(()=>{e.isConnected?
o??=t(e):(o?.(),o=null)}).observe(e)}var ue="hailuo-measures",qe=44,Ne=["as asked","highest first","lowest first"],_e=`.hailuo-compare{
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
@media print{.measuring{display:none}}}`;function de(e){let t=[...e.tBodies[0].rows];return[...e.tHead?.rows[0].cells??[]].slice(1).map((s,i)=>({key:s.dataset.key??
"",title:s.textContent??"",values:new Map(t.map(a=>{let{textContent:l,dataset:f}=a.cells[i+1],n=f.number===void 0?null:Number(f.number);return[a.dataset.label??
"",{text:l??"",number:n}]}))}))}function pe(e,t){return t.ariaLabel=e,d("label","",{},e,t)}function De({values:e},t){let o=t?-1:1,s=i=>e.get(i)?.number??null;return[
...e.keys()].sort((i,a)=>{let[l,f]=[s(i),s(a)];return l===null||f===null?+(l===null)-+(f===null):o*(l-f)})}function Ke({title:e,values:t},o){let s=t.get(o);if(!s)
return null;let i=[...t.values()].flatMap(({number:k})=>k??[]),[a,l]=[Math.min(...i),Math.max(...i)],f=s.number===null||l<=a?0:(s.number-a)/(l-a),n=d("p",`${ue}\
 measured`,{},se(`${e} ${s.text}`));return n.style.setProperty("--shade",`${Math.round(qe*f)}%`),n}function fe(e){let t=d("style","",{},_e),[o,s]=[d("select"),d(
"select")],i=d("div","measuring",{},pe("On the clips",o),pe("Order",s)),a=[],l=()=>[...e.querySelectorAll("figure.hailuo-clip")].map(c=>({figure:c,label:c.dataset.
label??"",place:c.closest("td, .wrapped > *, .hailuo-clips > *")})),f=()=>e.querySelector(`details.${ue} table`);function n(){let c=f(),b=c&&de(c).find(({key:A})=>A===
o.value);s.disabled=!b;let p=!!b&&s.selectedIndex>0,w=b&&p?De(b,s.selectedIndex===1):a;for(let A of e.querySelectorAll(".measured"))A.remove();for(let{figure:A,
label:O,place:L}of l()){let H=b?Ke(b,O):null;H&&A.querySelector("figcaption")?.append(H),L.style.order=p?String(w.indexOf(O)):""}e.toggleAttribute("data-sorted",
p);let y=new Map([...c?.tBodies[0].rows??[]].map(A=>[A.dataset.label??"",A]));for(let A of w)c?.tBodies[0].append(y.get(A))}function k(){let c=f();if(i.hidden=!c,
!c)return;a=[...c.tBodies[0].rows].map(p=>p.dataset.label??"");let b=o.value;o.replaceChildren(d("option","",{value:""},"no measure"),...de(c).map(({key:p,title:w})=>d(
"option","",{value:p,selected:p===b},w))),i.isConnected||c.closest("details")?.querySelector("summary")?.after(t,i),n()}s.append(...Ne.map(c=>d("option","",{},c)));
for(let c of[o,s])c.addEventListener("change",n),c.addEventListener("keydown",b=>b.stopPropagation());return k(),Object.assign(()=>{o.value="",n(),t.remove(),i.
remove()},{renew:k})}function he({src:e}){let t=/^[^:]+:\/.*\/([^/]+)\.mp4/.exec(e)?.[1];return`This clip cannot be played: ${t?`${t}.mp4 is missing or`:"it is"} damaged.${t?` Put i\
t back beside the notebook, or %hailuo resume ${t} fetches it again, free.`:""}`}var F=24,W=[.25,.5,1,1.5,2],N=.5/F,j=e=>Math.floor(e*F+.01),$=e=>(e+.5)/F,P=(e,t,o)=>Math.min(Math.max(e,t),o),V=({seekable:e})=>e.length>0&&e.end(e.length-1)>0;
function me(e){let{audioTracks:t,mozHasAudio:o,webkitAudioDecodedByteCount:s}=e;return!!(t?.length||o||s)}var U=new WeakMap;async function ge(e,t){let o=e.getAttribute(
"src")??"";U.set(e,o);let i=await(await fetch(e.src,{cache:"no-store"})).blob();t.aborted||(e.src=URL.createObjectURL(i))}var be=e=>U.has(e);function xe(e){let t=U.
get(e);U.delete(e),!(t===void 0||e.getAttribute("src")===t)&&(URL.revokeObjectURL(e.src),e.setAttribute("src",t))}var Be={" ":e=>e.toggle(),k:e=>e.toggle(),",":e=>e.
step(-1),ArrowLeft:e=>e.step(-1),".":e=>e.step(1),ArrowRight:e=>e.step(1),j:e=>e.seek(e.time()-1),l:e=>e.seek(e.time()+1),Home:e=>e.seek(0),End:e=>e.seek(e.length()),
"-":e=>e.accelerate(-1),"[":e=>e.accelerate(-1),"+":e=>e.accelerate(1),"]":e=>e.accelerate(1),r:e=>e.loop(),m:e=>e.sound(),f:e=>e.full()},Ie={ArrowLeft:"j",ArrowRight:"\
l"};function ye(e,t,o={}){let s=e.target,i=e.key.length===1?e.key.toLowerCase():e.key;if(s.closest("select,textarea,[contenteditable]")||i===" "&&s.closest("but\
ton,summary,a,.pick")||i.startsWith("Arrow")&&s.matches("[role=region]")||/^( |Arrow|Home|End)/.test(i)&&s.matches("video:is([controls],:fullscreen)")||B(e))return;
let l=/^\d$/.test(i)&&(()=>t.seek(t.length()*Number(i)/10)),f=Be[e.shiftKey&&Ie[i]||i],n=l||o[i]||f&&(()=>f(t));n&&(I(e),n())}var Ue=250,We=40,ve=.3/F,Ve=.25,Ye=250,Ge=1e3,Je=120,Y=({video:e,figure:t})=>Number.isFinite(e.duration)?e.duration:Number(t.dataset.seconds)||0,Xe=e=>e.video.currentTime>
Y(e)-3*N,we=e=>e.broken||e.wanted===null&&!e.video.seeking&&e.video.readyState>=(Xe(e)?2:3);function D(e,t=e.wanted){let{video:o}=e;if(e.wanted=t,t!==null&&clearTimeout(
e.sure),t!==null&&o.readyState<3&&(o.preload="auto"),t===null||o.seeking||o.readyState<1)return;if(!V(o)&&!e.stuck)return void Q(e);if(e.wanted=null,e.stuck)return;
let s=P(t,0,Y(e)-N);Math.abs(o.currentTime-s)>.001&&(o.currentTime=s)}function Qe(e,t){let{video:o}=e,s=!e.rolling&&o.paused&&o.muted&&we(e)&&t===j(o.currentTime)+
1&&"requestVideoFrameCallback"in o;if(e.rolling=s&&{},clearTimeout(e.sure),s||o.pause(),!s)return D(e,$(t));let i=e.rolling,a=(f=-1)=>{if(e.rolling===i){if(e.rolling=
!1,o.pause(),f!==t||j(o.currentTime)!==t)return D(e,$(t));e.sure=setTimeout(()=>{o.paused&&!e.stuck&&(o.currentTime=$(t))},Je)}},l=(f,{mediaTime:n})=>{let k=Math.
round(n*F);k<t?o.requestVideoFrameCallback(l):setTimeout(a,Math.max(0,1e3*(t/F-o.currentTime)+5),k)};setTimeout(a,Ye),o.requestVideoFrameCallback(l),o.playbackRate=
1,o.play().catch(()=>a())}async function Q(e){let{video:t}=e;if(!be(t))try{await ge(t,e.end.signal)}catch{e.stuck=!0,t.dispatchEvent(new Event("canplay"))}}function ke(e){
let t={clips:[],playing:!1,loop:!0,speed:1,dragging:!1,gathering:!1,length:n,time:k,seek:c,advance:b,play:p,pause:w,step:y,accelerate:A,ended:O},[o,s,i,a,l]=[0,
0,0,0,0],f=()=>t.clips.filter(({broken:x,video:v})=>!x&&!v.ended);function n(){return Math.max(0,...t.clips.map(x=>x.broken?0:Y(x)))}function k(){return t.playing&&
!t.gathering?h():o}function h(){let x=f().filter(({video:E})=>!E.paused&&E.readyState>2),v=x.find(({video:E})=>!E.muted);if(v)return v.video.currentTime;let C=(x.
length?x:f()).map(({video:E})=>E.currentTime);return C.length?C.sort((E,M)=>E-M)[C.length-1>>1]:n()}function c(x){o=P(x,0,Math.max(0,t.length()-N)),t.gathering=
t.playing;for(let v of t.clips)v.rolling=!1,v.video.pause();for(let v of t.clips)D(v,o);b(),e()}function b(){if(!(!t.gathering||t.dragging||!t.clips.every(we))){
t.gathering=!1,i=performance.now();for(let{video:x,broken:v}of t.clips)x.playbackRate=t.speed,v||x.play().catch(({name:C})=>C==="NotAllowedError"&&w())}}function p(){
t.playing=!0,c(o>=n()-3*N?0:o),cancelAnimationFrame(l),l=requestAnimationFrame(L)}function w(){let x=k();t.playing=!1,c($(j(x)))}function y(x){let v=j(k())+x;if(t.
playing||x!==1||$(v)>n())return t.playing=!1,c($(v));o=$(v);for(let C of t.clips)C.broken||Qe(C,v);e()}function A(x){t.speed=x;for(let{video:v}of t.clips)v.playbackRate=
x;e()}function O(){if(!(!t.playing||t.gathering||f().length)){if(t.loop)return c(0);o=n(),t.playing=!1,e()}}function L(x){t.playing&&(l=requestAnimationFrame(L),
x-s>Ue&&!t.gathering&&(s=x,H(x)),!(x-a<We)&&(a=x,e()))}function H(x){let v=h(),C=M=>!M.broken&&!M.stuck&&v<Y(M)-3*N,E=({video:M})=>M.paused||M.readyState<3||Math.
abs(M.currentTime-v)>Ve;if(x-i>Ge&&t.clips.some(M=>C(M)&&E(M)))return c(v);for(let{video:M}of f()){let z=M.currentTime-v;Math.abs(z)>ve?M.playbackRate=t.speed*(1-
P(1.5*z,-.1,.1)):Math.abs(z)<ve/3&&(M.playbackRate=t.speed)}}return t}var Se=e=>()=>{let t=(l,f)=>e.style.setProperty(l,`${f}`),o=l=>t("--fit",l),s=()=>e.scrollHeight<=e.clientHeight,[i,a]=[30,100];if(t("--across",Math.ceil(Math.sqrt(
e.querySelectorAll("figure").length))),o(i),!s())return o(a);for(;a-i>.2;)o((i+a)/2),s()?i=(i+a)/2:a=(i+a)/2;o(i)};var K=(e,t)=>e.length===t.length&&e.every((o,s)=>o===t[s]);function Me(e){let t=[0,1].map(()=>d("span","tag",{dir:"auto"})),o=d("div","divider",{role:"slider",tabindex:0,
"aria-valuemin":0,"aria-valuemax":100}),s=d("div","pair"),i=d("div","stage",{hidden:""},s,...t,o),a=[],l=50;function f(h){l=P(Math.round(h),0,100),i.style.setProperty(
"--wipe",`${l}%`),o.setAttribute("aria-valuenow",String(l)),o.setAttribute("aria-valuetext",`${l}% ${t[0].textContent}`)}function n({clientX:h,pointerId:c,type:b,
button:p}){if(b==="pointerdown"&&!p&&!o.hidden&&i.setPointerCapture(c),!i.hasPointerCapture(c))return;let{left:w,width:y}=i.getBoundingClientRect();f(100*(h-w)/
y)}for(let h of["pointerdown","pointermove"])e(i,h,n);e(o,"keydown",h=>{let c={ArrowLeft:-1,ArrowDown:-1,ArrowRight:1,ArrowUp:1,PageDown:-10,PageUp:10,Home:-100,
End:100}[h.key];!c||B(h)||(I(h),f(l+c*(h.shiftKey?10:1)))});function k(h,c){if(!(K(h,a)&&o.hidden!==c)){for(let b of a)b.home?.replaceWith(b.video);i.hidden=!h.
length,o.hidden=!c,a=h;for(let[b,p]of h.entries()){let{width:w,height:y}=p.video;b||i.style.setProperty("--ratio",String((w||16)/(y||9))),p.home=d("div","home",
{style:`aspect-ratio:${w||16}/${y||9}`}),p.video.replaceWith(p.home),s.append(p.video),t[b].textContent=`${"AB"[b]} ${p.label}`}o.setAttribute("aria-label",`Div\
ider between ${h.map(({label:b})=>b).join(" and ")}`),f(l)}}return{box:i,divider:o,show:k}}var Ze=-1;function Ae(e,t){let o=[],s,i=()=>o.indexOf(s);function a(n){for(let k of t.values())k!==n&&(k.video.muted=!0);n&&(n.video.muted=!1),e.value=String(i())}
function l(n){s=o[n],a(s)}function f(n){for(let c of n)c.sounds||=me(c.video);let k=n.filter(({sounds:c,broken:b})=>c&&!b);if(K(k,o))return;o=k;let h=o.map(({label:c},b)=>d(
"option","",{value:b},`♪ ${c}`));e.replaceChildren(d("option","",{value:Ze},"Sound off"),...h),e.hidden=!o.length,a(o[i()])}return e.hidden=!0,{offer:f,next:()=>l(
Number(e.value)+1),pick:()=>l(Number(e.value)),changed(n){n.video.muted||n===o[i()]||(s=n,a(n))}}}var Ce=`.hailuo-compare{
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
@media print{.tools{display:none}}}`;var Z="M3 1.5v11l9.5-5.5z",Te="M3 2h3v10H3zM8 2h3v10H8z",et={play:["Play","Space",Z],start:["To the start","Home","M2 2h2v10H2zM12 2v10L5 7z"],back:["Previous f\
rame",",","M9.5 2v10L4 7z"],next:["Next frame",".","M4.5 2v10L10 7z"],end:["To the end","End","M10 2h2v10h-2zM2 2v10l7-5z"],loop:["Loop","R"],wipe:["Wipe","W"],
difference:["Difference","D; four times as bright as it is"],full:["Full screen","F","M2 2h4v2H4v2H2zM8 2h4v4h-2V4H8zM2 8h2v2h2v2H2zM10 8h2v4H8v-2h2z"],help:["K\
eys","?",""]},Ee={"Space K":"play or pause","← → , .":"one frame","Shift+← Shift+→ J L":"one second","Home End 0…9":"to the start, the end, a tenth be\
tween","− + [ ]":"slower, faster",R:"loop",M:"sound of the next clip, and off",W:"wipe between two clips; then ← → move the divider",D:"difference of two \
clips, made bright",X:"swap A and B",F:"full screen",Esc:"back to side by side"},ee=e=>le(e,14);function Le(){let e={};for(let[y,[A,O,L]]of Object.entries(et))e[y]=
d("button","",{type:"button",title:`${A} (${O})`},L?ee(L):L===""?O:A),L!==void 0&&(e[y].ariaLabel=A);let t=d("input","",{type:"range",min:0,step:"any","aria-lab\
el":"Time of all clips"}),o=d("select","",{"aria-label":"Speed",title:"Speed (− and +)"},...W.map(y=>d("option","",{value:y},`${y}×`))),[s,i]=["A","B"].map(y=>d(
"select","",{"aria-label":`Clip ${y}`})),{play:a,start:l,back:f,next:n,end:k,loop:h,wipe:c,difference:b,full:p,help:w}=e;return{play:a,start:l,back:f,next:n,end:k,
slider:t,time:d("output","",{"aria-live":"off"}),sound:d("select","",{"aria-label":"Sound",title:"Which clip is heard (M)"}),loop:h,speed:o,wipe:c,difference:b,
a:s,b:i,full:p,help:w}}function Oe(e,t){let o=Object.entries(t).map(([a,l])=>d("div","",{role:"listitem"},d("span","",{},...a.split(" ").map(f=>d("kbd","",{},f))),
d("span","",{},l))),s=d("button","",{type:"button"},"Close"),i=d("dialog","help",{"aria-label":"Keys"},d("strong","",{},"Keys"),d("div","keys",{role:"list"},...o),
s);return e(s,"click",()=>i.close()),e(i,"keydown",a=>{a.stopPropagation(),a.key==="?"&&i.close()}),i}var G=9,tt=4,ot=5e3,te=nt(Symbol.for("hailuo.kept"),()=>new Map);function nt(e,t){let o=window;return o[e]??=t(),o[e]}function ze(e,{more:t={},keys:o=Ee}={}){e.
dataset.compare="on";let s=new AbortController,i=(r,m,T,{signal:g}=s)=>r.addEventListener(m,T,{signal:g}),[a,l,f,n]=[Le(),Me(i),Oe(i,o),ke(E)],k=d("div","tools",
{role:"group","aria-label":"All clips together"},...Object.values(a)),h=new Map,c=Ae(a.sound,h),b=new Map,p="side",w=[],y=()=>[...h.values()].filter(({picked:r})=>r);
function A(r,m){let T=r.dataset.label??"",g={figure:r,video:m,label:T,wanted:null,broken:!1,end:new AbortController,tick:d("input","pick",{type:"checkbox","aria\
-label":`Compare ${T}`,title:"Compare"}),note:d("p","",{role:"alert",style:"margin:0;font-size:12px"})},u=(S,R)=>i(m,S,R,g.end);u("loadedmetadata",()=>{V(m)||Q(
g),O(g,!1),E()});for(let S of["loadedmetadata","canplay","seeked"])u(S,()=>{D(g),n.advance()});for(let S of["loadeddata","timeupdate"])u(S,E);return u("volumech\
ange",()=>c.changed(g)),u("ended",n.ended),u("error",()=>O(g,!0)),i(g.tick,"change",()=>{b.set(g.label,g.tick.checked),v()},g.end),m.error&&O(g,!0),g}function O(r,m){
r.broken=m,r.note.textContent=m?he(r.video):"",m&&r.figure.append(r.note),n.advance(),n.ended(),E()}function L(r,m){r.picked!==m&&(r.picked=m,r.video.paused||r.
video.pause(),Object.assign(r.video,{controls:!1,loop:!m,muted:!0,playbackRate:m?n.speed:1}))}function H(r){r.end.abort(),L(r,!1),r.video.controls=!0,r.tick.remove(),
r.note.remove(),xe(r.video)}function x(){let r=e.querySelectorAll("figure.hailuo-clip"),m=new Map;for(let g of r){let u=h.get(g),R=u!==void 0&&p!=="side"&&w.includes(
u)?u.video:g.querySelector("video[src]");R&&m.set(g,u?.video===R?u:A(g,R))}let T=[...h].filter(([g,u])=>m.get(g)!==u).map(([,g])=>g);if(!(!T.length&&m.size===h.
size)){T.some(g=>w.includes(g))&&C("side"),T.forEach(H),h.clear();for(let[g,u]of m)h.set(g,u);v()}}function v(){let r=e.querySelectorAll("figure.hailuo-clip").length,
m=e.matches(".hailuo-grid")||r>G,T=(r>G?tt:G)-y().length;for(let u of h.values())L(u,b.get(u.label)??u.picked??T-- >0);let g=y().length>=G;for(let u of h.values()){
Object.assign(u.tick,{checked:u.picked,disabled:g&&!u.picked});let S=u.figure.querySelector("figcaption > p")??u.figure.querySelector("figcaption")??u.figure;m?
u.tick.isConnected||S.prepend(u.tick):u.tick.remove()}for(let[u,S]of[a.a,a.b].entries())S.replaceChildren(...y().map(({label:R},je)=>d("option","",{value:je},`${"\
AB"[u]} ${R}`))),S.value=String(P(y().indexOf(w[u]),u,y().length-1));C(y().length>1?p:"side")}function C(r){let[m,T]=[n.time(),l.divider.matches(":focus")];w=[a.
a,a.b].map(({value:S})=>y()[Number(S)]),w[0]===w[1]&&(w[1]=y().find(S=>S!==w[0])),[a.a.value,a.b.value]=w.map(S=>String(y().indexOf(S))),p=r,p==="side"?delete e.
dataset.view:e.dataset.view=p,l.show(p==="side"?[]:w,p==="wipe");let g=p==="side"?y():w,u=K(g,n.clips);for(let S of n.clips)g.includes(S)||S.video.pause();n.clips=
g,!u&&(n.playing||m>0)&&n.seek(m),T&&p!=="wipe"&&e.focus(),E()}function E(){let[r,m,T]=[n.length(),n.time(),p==="side"],g=`${m.toFixed(2)} / ${r.toFixed(2)} s`,
u=n.playing?"Pause":"Play";a.time.textContent!==g&&(a.time.textContent=g),n.dragging||Object.assign(a.slider,{max:r||1,value:m}),n.playing||(a.slider.ariaValueText=
`${g}, frame ${j(m)}`),a.play.ariaLabel!==u&&(Object.assign(a.play,{ariaLabel:u,title:`${u} (Space)`}),a.play.replaceChildren(ee(n.playing?Te:Z))),e.toggleAttribute(
"data-playing",n.playing&&r>0),a.loop.ariaPressed=String(n.loop);for(let S of["wipe","difference"])a[S].ariaPressed=String(p===S);a.a.hidden=a.b.hidden=T,a.wipe.
hidden=a.difference.hidden=y().length<2,k.hidden=h.size===0,c.offer(n.clips)}let M=r=>{y().length>1&&C(p===r?"side":r)},z={toggle:()=>n.playing?n.pause():n.play(),
step:n.step,seek:n.seek,time:n.time,length:n.length,loop:()=>{n.loop=!n.loop,E()},accelerate(r){a.speed.selectedIndex=P(a.speed.selectedIndex+r,0,W.length-1),n.
accelerate(Number(a.speed.value))},sound:c.next,full:()=>{(document.fullscreenElement?document.exitFullscreen():e.requestFullscreen?.())?.catch(()=>{})}},Pe=()=>{
[a.a.value,a.b.value]=[a.b.value,a.a.value],C(p)},_={play:z.toggle,start:()=>n.seek(0),back:()=>n.step(-1),next:()=>n.step(1),end:()=>n.seek(n.length()),loop:z.
loop,wipe:()=>M("wipe"),difference:()=>M("difference"),full:z.full,help:()=>f.showModal()},oe={d:_.difference,x:Pe,"?":_.help,w:()=>{_.wipe(),p==="wipe"&&l.divider.
focus()},...t};function $e(r){n.clips.length&&ye(r,z,p==="side"?oe:{...oe,Escape:()=>C("side")})}let q=e.querySelector(".hailuo-bar")??d("div","hailuo-bar",{style:"\
margin:8px 0"}),J=[l.box,d("style","",{},Ce),k,f];q.isConnected||(e.prepend(q),J.push(q)),q.after(l.box),q.append(...J.slice(1,4)),Object.assign(e,{tabIndex:0,role:"\
group",ariaLabel:e.ariaLabel??"Clips that play together"}),e.dataset.lmSuppressShortcuts="true",a.speed.value="1",a.full.hidden=!document.fullscreenEnabled;for(let[
r,m]of Object.entries(_))i(a[r],"click",m);i(a.sound,"change",c.pick),i(a.speed,"change",()=>z.accelerate(0));for(let r of[a.a,a.b])i(r,"change",()=>C(p));i(a.slider,
"pointerdown",({button:r})=>{n.dragging=r===0});for(let r of["pointerup","pointercancel"])i(a.slider,r,()=>{n.dragging=!1,n.advance()});i(a.slider,"input",()=>n.
seek(Number(a.slider.value))),i(e,"keydown",$e);let ne=Se(e);i(e,"fullscreenchange",ne),i(window,"resize",ne),i(e,"click",({target:r})=>{let m=[...h.values()].find(
({video:T})=>T===r);if(!(!m||r.controls||m.picked&&p!=="side")){if(m.picked)return _.play();r.controls=!0,r.play().catch(()=>{})}}),i(q,"pointerenter",()=>{for(let{
video:r}of n.clips)r.preload="auto"});function He(r){for(let[m,T]of r.choices)b.set(m,T);v(),a.speed.value=r.speed,n.loop=r.loop,z.accelerate(0),C(y().length>1?
r.view:"side"),n.seek(r.time_s),r.playing&&n.play()}x();let X=te.get(e.dataset.grid??"");te.delete(e.dataset.grid??""),X&&performance.now()-X.at_ms<ot&&He(X);let ae=n.
clips.find(({video:r})=>r.currentTime>0);ae&&n.seek(ae.video.currentTime);let ie=new MutationObserver(x);ie.observe(e,{childList:!0,subtree:!0});function Re(){e.
dataset.grid&&te.set(e.dataset.grid,{at_ms:performance.now(),time_s:n.time(),playing:n.playing,loop:n.loop,speed:a.speed.value,view:p,choices:b}),ie.disconnect(),
s.abort(),n.playing=!1,delete e.dataset.playing,delete e.dataset.view,l.show([],!1);for(let r of h.values())H(r);for(let r of J)r.remove()}function Fe(r){x(),n.
seek(0),r&&n.play()}return Object.assign(Re,{restart:Fe})}for(let e of document.querySelectorAll(".hailuo-compare:not([data-compare], .hailuo-live-grid)"))ce(e,t=>{let o=[ze(t),fe(t)];return()=>{for(let s of o)s()}});})();
