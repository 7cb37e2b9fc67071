// grid/saved.js 16a924d7505f1ba8afbc1ce3288f69980fdd23c02c86358dce8ca7008918df1b
"use strict";(()=>{var B="http://www.w3.org/2000/svg",I={close:"M4 4l8 8M12 4l-8 8",more:"M4 6l4 4 4-4",image:"M2.5 3.5h11v9h-11zM4.5 10.5l2.5-3 2 2 1.5-1.5 2 2.5M10.5 6h.01",search:"\
M7 2.5a4.5 4.5 0 100 9 4.5 4.5 0 000-9zM10.3 10.3L14 14",play:"M5 3.5v9l7-4.5z",check:"M3 8.5l3.5 3.5L13 4.5",hide:"M2 8s2.2-4 6-4 6 4 6 4-2.2 4-6 4-6-4-6-4zM3 \
13L13 3",pencil:"M3 13l.7-2.8L11 2.9l2.1 2.1-7.3 7.3zM9.5 4.4l2.1 2.1",copy:"M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",next:"M3 8h9M8.5 4l4 4-4 4",down:"M8 2.5v8M4.5\
 7.5L8 11l3.5-3.5M3 13.5h10",reuse:"M13 8a5 5 0 11-1.5-3.6M13 2v3h-3"};function g(n,c="",a={},...e){let d=document.createElement(n);c&&(d.className=c);for(let[i,
h]of Object.entries(a))h!=null&&h!==!1&&d.setAttribute(i,h===!0?"":`${h}`);return d.append(...e.filter(i=>i!==null)),d}var k=n=>g("bdi","",{dir:"auto"},n);function P(n,c){let[a,e]=["svg","path"].map(d=>document.createElementNS(B,d));return a.setAttribute("viewBox",`0 0 ${c} ${c}`),e.setAttribute("d",n),a.append(e),
a}function A(n){let c=P(I[n],16);for(let[a,e]of[["width","16"],["height","16"],["aria-hidden","true"],["class","icon"]])c.setAttribute(a,e);return c}var L=n=>n.ctrlKey||n.metaKey||n.altKey;function O(n){n.preventDefault(),n.stopPropagation()}var T="--accent:var(--jp-brand-color1,var(--vscode-focusBorder,#1976d2));";var W=`.hailuo-grid{${T}}
.hailuo-grid .hailuo-tabs{display:flex;flex-wrap:wrap;gap:4px;margin:0 0 10px;border-bottom:1px solid #80808066}
.hailuo-grid .hailuo-tabs button{font:inherit;font-size:13px;color:inherit;min-height:30px;padding:2px 12px;border:0;
border-bottom:3px solid transparent;background:none;cursor:pointer}
.hailuo-grid .hailuo-tabs button:hover{background:#80808026}
.hailuo-grid .hailuo-tabs button[aria-selected=true]{font-weight:600;border-color:var(--accent)}
.hailuo-grid .hailuo-tabs button:focus-visible{outline:2px solid var(--accent);outline-offset:-2px}
@media (forced-colors:active){.hailuo-grid .hailuo-tabs button[aria-selected=true]{border-color:Highlight}}
@media print{.hailuo-grid .hailuo-tabs{display:none}.hailuo-grid .hailuo-sheet[hidden]{display:block!important}}`;function C(n){let c=[...n.querySelectorAll(".h\
ailuo-sheet")];if(n.dataset.tabs="on",c.length<2)return;let a=`hailuo-${Math.random().toString(36).slice(2)}`,e=document.createElement("div"),d=document.createElement(
"style"),i=c.map((l,p)=>{let[t,s]=[document.createElement("button"),l.querySelector(".hailuo-heading")];return t.type="button",t.id=`${a}-${p}`,t.role="tab",t.dir=
"auto",t.textContent=s.textContent,t.setAttribute("aria-controls",`${a}-${p}-sheet`),l.id=`${a}-${p}-sheet`,l.role="tabpanel",l.setAttribute("aria-labelledby",t.
id),s.hidden=!0,t.addEventListener("click",()=>h(p)),t});function h(l){i.forEach((p,t)=>{p.ariaSelected=String(t===l),p.tabIndex=t===l?0:-1,c[t].hidden=t!==l})}
e.addEventListener("keydown",l=>{let[p,t]=[i.indexOf(l.target),i.length-1],s={ArrowLeft:p?p-1:t,ArrowRight:p<t?p+1:0,Home:0,End:t}[l.key];s===void 0||L(l)||(O(l),
h(s),i[s].focus())}),e.className="hailuo-tabs",e.role="tablist",e.ariaLabel="Sheets",e.append(...i),d.textContent=W,c[0].before(d,e),h(0)}var _=["rows","columns","tabs"],z=150,K=400,G=`.hailuo-grid{
.arranging{display:flex;flex-wrap:wrap;align-items:center;gap:6px 14px;margin:0 0 10px;font-size:12px}
.arranging label{max-width:100%;overflow-wrap:anywhere}
.arranging :is(select,button){font:inherit;color:inherit;height:26px;margin:0;padding:0 8px;border:1px solid #80808080;
border-radius:4px;background:#80808014;cursor:pointer}
.arranging select{margin:0 0 0 4px;padding:0 2px}
.arranging option{color:CanvasText;background:Canvas}
.arranging [hidden]{display:none}
tbody th{position:relative}
.unseen{display:block;width:26px;height:26px;margin:4px 0 0;padding:5px;border:0;border-radius:4px;color:inherit;
background:none;opacity:.6;cursor:pointer}
.unseen svg{display:block;width:16px;height:16px;fill:none;stroke:currentColor}
.unseen:is(:hover,:focus-visible){opacity:1;background:#80808026}
.nothing{margin:0;font-size:12px;opacity:.78}
@media print{.arranging,.unseen{display:none!important}}}`;function q(n){let c=n.dataset.axes,a=n.querySelector(".hailuo-clips");if(!c||!a||n.querySelector(".ar\
ranging"))return C(n);let e=JSON.parse(c),d=[...a.querySelectorAll("td[data-at]")].filter(({dataset:o})=>o.at).map(o=>({at:String(o.dataset.at).split(" ").map(Number),
nodes:[...o.childNodes]})),i=X(a);if(e.length<2||!i)return C(n);let{section:h}=i,l=new Set,p=e.map(([o,,w],S)=>{let m=g("select","",{"aria-label":`${o} on`},..._.
map(b=>g("option","",{value:b,selected:b===w},b)));return m.addEventListener("change",()=>f(S,m.value)),m.addEventListener("keydown",b=>b.stopPropagation()),m}),
t=g("button","",{type:"button"},"Swap rows and columns"),s=g("button","",{type:"button",hidden:!0}),x=g("div","arranging",{role:"group","aria-label":"Layout"},...e.
map(([o],w)=>g("label","",{},k(o),p[w])),t,s),u=()=>e.map(([,,o])=>o),r=()=>[...l].filter(o=>o.startsWith(`${u().indexOf("rows")} `));function f(o,w){let[S,m]=[
e[o][2],u().indexOf(w)];w!=="tabs"&&m>=0&&(e[m][2]=S),e[o][2]=w,y()}function y(){for(let[b,[,,$]]of e.entries())p[b].value=$;let o=()=>[...n.querySelectorAll("[\
role=tab]")],w=o().find(({ariaSelected:b})=>b==="true")?.textContent,S=R(e,d,l);a?.replaceChildren(...S.map(b=>h(b,e,E))),C(n),o().find(({textContent:b})=>b===w)?.
click();let m=r().length;s.textContent=m===1?"Show 1 hidden row":`Show ${m} hidden rows`,s.hidden=m===0,n.dispatchEvent(new CustomEvent("arranged"))}function E(o){
l.add(o),y(),s.focus()}t.addEventListener("click",()=>{for(let o of e)o[2]=o[2]==="rows"?"columns":o[2]==="columns"?"rows":"tabs";y()}),s.addEventListener("clic\
k",()=>{for(let o of r())l.delete(o);y(),t.focus()}),a.before(g("style","",{},G),x),y()}function R(n,c,a){let e=t=>n.findIndex(([,,s])=>s===t),[d,i]=[e("rows"),
e("columns")],h=n.flatMap(([,,t],s)=>t==="tabs"?[s]:[]),l=new Map,p=[...c].sort((t,s)=>{let x=h.find(u=>t.at[u]!==s.at[u]);return x===void 0?0:t.at[x]-s.at[x]});
for(let t of p){let s=h.map(x=>t.at[x]).join(" ");l.set(s,[...l.get(s)??[],t])}return[...l.values()].map(t=>{let s=r=>r<0?[0]:[...new Set(t.map(({at:f})=>f[r]))].
sort((f,y)=>f-y),x=({at:r},f)=>f<0?0:r[f],u=(r,f)=>r<0?"":n[r][1][f];return{heading:h.map(r=>`${n[r][0]} ${u(r,t[0].at[r])}`).join(" · "),columns:s(i).map(r=>u(
i,r)),rows:s(d).filter(r=>!a.has(`${d} ${r}`)).map(r=>[u(d,r),`${d} ${r}`,s(i).map(f=>t.find(y=>x(y,d)===r&&x(y,i)===f)?.nodes??null)])}})}function X(n){let c=n.
querySelector(".hailuo-sheet"),a=c?.querySelector("table"),[e,d]=[a?.tHead?.rows[0],a?.tBodies[0]?.rows[0]];if(!c||!a||!e||!d)return null;let i=u=>u.cloneNode(!1),
h=c.querySelector(".hailuo-heading"),l={section:i(c),heading:h?i(h):g("h4","hailuo-heading",{dir:"auto",style:"margin:8px 0;font-size:14px"}),scroll:i(a.parentElement),
table:i(a),head:i(a.tHead),row:i(e),corner:i(e.cells[0]),column:i(e.cells[1]),side:i(d.cells[0]),cell:i(d.cells[1])};l.cell.removeAttribute("data-at");for(let u of[
l.section,l.heading])for(let r of["hidden","id","role","aria-labelledby"])u.removeAttribute(r);let p=Number.parseInt(a.style.minWidth,10)-(e.cells.length-1)*z,t=(u,...r)=>{
let f=i(l[u]);return f.append(...r),f},s=u=>g("td","",{style:l[u].getAttribute("style")});function x({heading:u,columns:r,rows:f},y,E){let o=v=>y.find(([,,M])=>M===
v)?.[0],w=[o("columns"),o("rows")].flatMap((v,M)=>v===void 0?[]:[g("span","",{style:"display:block"},k(v),M?" ↓":" →")]),S=f.map(([v,M,N])=>{let H=o("rows")===
void 0?s("side"):t("side",k(v),F(M,v,E)),j=()=>[g("p","nothing",{},"not in this experiment")];return t("row",H,...N.map(D=>t("cell",...D??j())))}),m=r.map(v=>o(
"columns")===void 0?s("column"):t("column",k(v))),b=t("table",t("head",t("row",t("corner",...w),...m)),g("tbody","",{},...S));b.style.minWidth=`${p+r.length*z}p\
x`,b.style.maxWidth=`${p+r.length*K}px`;let $=t("scroll",b);return $.ariaLabel=`Clips ${u}`.trim(),t("section",...u?[t("heading",u)]:[],$)}return{section:x}}function F(n,c,a){
let e=g("button","unseen",{type:"button",title:"Hide this row","aria-label":`Hide row ${c}`});return e.append(A("hide")),e.addEventListener("click",()=>a(n)),e}for(let n of document.querySelectorAll(".hailuo-grid:not([data-tabs])"))q(n);})();
