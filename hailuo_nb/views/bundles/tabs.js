// grid/saved.js 146c4a8c6f87777a2af18a1e1a344b2603fbef4fc4f7a02777b7396572af83bc
"use strict";(()=>{var A="http://www.w3.org/2000/svg",I={close:"M4 4l8 8M12 4l-8 8",more:"M4 6l4 4 4-4",image:"M2.5 3.5h11v9h-11zM4.5 10.5l2.5-3 2 2 1.5-1.5 2 2.5M10.5 6h.01",search:"\
M7 2.5a4.5 4.5 0 100 9 4.5 4.5 0 000-9zM10.3 10.3L14 14",play:"M5 3.5v9l7-4.5z",check:"M3 8.5l3.5 3.5L13 4.5",hide:"M2 8s2.2-4 6-4 6 4 6 4-2.2 4-6 4-6-4-6-4zM3 \
13L13 3",pencil:"M3 13l.7-2.8L11 2.9l2.1 2.1-7.3 7.3zM9.5 4.4l2.1 2.1",copy:"M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",next:"M3 8h9M8.5 4l4 4-4 4",down:"M8 2.5v8M4.5\
 7.5L8 11l3.5-3.5M3 13.5h10",reuse:"M13 8a5 5 0 11-1.5-3.6M13 2v3h-3"};function g(n,c="",l={},...e){let d=document.createElement(n);c&&(d.className=c);for(let[o,
h]of Object.entries(l))h!=null&&h!==!1&&d.setAttribute(o,h===!0?"":String(h));return d.append(...e.filter(o=>o!==null)),d}var k=n=>g("bdi","",{dir:"auto"},n);function P(n,c,l={}){let[e,d]=[document.createElementNS(A,"svg"),document.createElementNS(A,"path")];for(let[o,h]of Object.entries({viewBox:`0 0 ${c} ${c}`,...l}))
e.setAttribute(o,String(h));return d.setAttribute("d",n),e.append(d),e}var L=n=>P(I[n],16,{width:16,height:16,"aria-hidden":"true",class:"icon"});var O=n=>n.ctrlKey||n.metaKey||n.altKey;function T(n){n.preventDefault(),n.stopPropagation()}var z="--accent:var(--jp-brand-color1,var(--vscode-focusBorder,#1976d2));";var W=`.hailuo-grid{${z}}
.hailuo-grid .hailuo-tabs{display:flex;flex-wrap:wrap;gap:4px;margin:0 0 10px;border-bottom:1px solid #80808066}
.hailuo-grid .hailuo-tabs button{font:inherit;font-size:13px;color:inherit;min-height:30px;padding:2px 12px;border:0;
border-bottom:3px solid transparent;background:none;cursor:pointer}
.hailuo-grid .hailuo-tabs button:hover{background:#80808026}
.hailuo-grid .hailuo-tabs button[aria-selected=true]{font-weight:600;border-color:var(--accent)}
.hailuo-grid .hailuo-tabs button:focus-visible{outline:2px solid var(--accent);outline-offset:-2px}
@media (forced-colors:active){.hailuo-grid .hailuo-tabs button[aria-selected=true]{border-color:Highlight}}
@media print{.hailuo-grid .hailuo-tabs{display:none}.hailuo-grid .hailuo-sheet[hidden]{display:block!important}}`;function $(n){let c=[...n.querySelectorAll(".h\
ailuo-sheet")];if(n.dataset.tabs="on",c.length<2)return;let l=`hailuo-${Math.random().toString(36).slice(2)}`,e=document.createElement("div"),d=document.createElement(
"style"),o=c.map((s,p)=>{let[t,i]=[document.createElement("button"),s.querySelector(".hailuo-heading")];return t.type="button",t.id=`${l}-${p}`,t.role="tab",t.dir=
"auto",t.textContent=i.textContent,t.setAttribute("aria-controls",`${l}-${p}-sheet`),s.id=`${l}-${p}-sheet`,s.role="tabpanel",s.setAttribute("aria-labelledby",t.
id),i.hidden=!0,t.addEventListener("click",()=>h(p)),t});function h(s){o.forEach((p,t)=>{p.ariaSelected=String(t===s),p.tabIndex=t===s?0:-1,c[t].hidden=t!==s})}
e.addEventListener("keydown",s=>{let[p,t]=[o.indexOf(s.target),o.length-1],i={ArrowLeft:p?p-1:t,ArrowRight:p<t?p+1:0,Home:0,End:t}[s.key];i===void 0||O(s)||(T(s),
h(i),o[i].focus())}),e.className="hailuo-tabs",e.role="tablist",e.ariaLabel="Sheets",e.append(...o),d.textContent=W,c[0].before(d,e),h(0)}var _=["rows","columns","tabs"],N=150,K=400,G=`.hailuo-grid{
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
@media print{.arranging,.unseen{display:none!important}}}`;function q(n){let c=n.dataset.axes,l=n.querySelector(".hailuo-clips");if(!c||!l||n.querySelector(".ar\
ranging"))return $(n);let e=JSON.parse(c),d=[...l.querySelectorAll("td[data-at]")].filter(({dataset:a})=>a.at).map(a=>({at:String(a.dataset.at).split(" ").map(Number),
nodes:[...a.childNodes]})),o=X(l);if(e.length<2||!o)return $(n);let{section:h}=o,s=new Set,p=e.map(([a,,b],w)=>{let y=g("select","",{"aria-label":`${a} on`},..._.
map(v=>g("option","",{value:v,selected:v===b},v)));return y.addEventListener("change",()=>f(w,y.value)),y.addEventListener("keydown",v=>v.stopPropagation()),y}),
t=g("button","",{type:"button"},"Swap rows and columns"),i=g("button","",{type:"button",hidden:!0}),m=g("div","arranging",{role:"group","aria-label":"Layout"},...e.
map(([a],b)=>g("label","",{},k(a),p[b])),t,i),u=()=>e.map(([,,a])=>a),r=()=>[...s].filter(a=>a.startsWith(`${u().indexOf("rows")} `));function f(a,b){let[w,y]=[
e[a][2],u().indexOf(b)];b!=="tabs"&&y>=0&&(e[y][2]=w),e[a][2]=b,x()}function x(){for(let[w,[,,y]]of e.entries())p[w].value=y;let a=R(e,d,s);l?.replaceChildren(...a.
map(w=>h(w,e,E))),$(n);let b=r().length;i.textContent=b===1?"Show 1 hidden row":`Show ${b} hidden rows`,i.hidden=b===0,n.dispatchEvent(new CustomEvent("arranged"))}
function E(a){s.add(a),x(),i.focus()}t.addEventListener("click",()=>{for(let a of e)a[2]=a[2]==="rows"?"columns":a[2]==="columns"?"rows":"tabs";x()}),i.addEventListener(
"click",()=>{for(let a of r())s.delete(a);x(),t.focus()}),l.before(g("style","",{},G),m),x()}function R(n,c,l){let e=t=>n.findIndex(([,,i])=>i===t),[d,o]=[e("ro\
ws"),e("columns")],h=n.flatMap(([,,t],i)=>t==="tabs"?[i]:[]),s=new Map,p=[...c].sort((t,i)=>{let m=h.find(u=>t.at[u]!==i.at[u]);return m===void 0?0:t.at[m]-i.at[m]});
for(let t of p){let i=h.map(m=>t.at[m]).join(" ");s.set(i,[...s.get(i)??[],t])}return[...s.values()].map(t=>{let i=r=>r<0?[0]:[...new Set(t.map(({at:f})=>f[r]))].
sort((f,x)=>f-x),m=({at:r},f)=>f<0?0:r[f],u=(r,f)=>r<0?"":n[r][1][f];return{heading:h.map(r=>`${n[r][0]} ${u(r,t[0].at[r])}`).join(" · "),columns:i(o).map(r=>u(
o,r)),rows:i(d).filter(r=>!l.has(`${d} ${r}`)).map(r=>[u(d,r),`${d} ${r}`,i(o).map(f=>t.find(x=>m(x,d)===r&&m(x,o)===f)?.nodes??null)])}})}function X(n){let c=n.
querySelector(".hailuo-sheet"),l=c?.querySelector("table"),[e,d]=[l?.tHead?.rows[0],l?.tBodies[0]?.rows[0]];if(!c||!l||!e||!d)return null;let o=u=>u.cloneNode(!1),
h=c.querySelector(".hailuo-heading"),s={section:o(c),heading:h?o(h):g("h4","hailuo-heading",{dir:"auto",style:"margin:8px 0;font-size:14px"}),scroll:o(l.parentElement),
table:o(l),head:o(l.tHead),row:o(e),corner:o(e.cells[0]),column:o(e.cells[1]),side:o(d.cells[0]),cell:o(d.cells[1])};s.cell.removeAttribute("data-at");for(let u of[
s.section,s.heading])for(let r of["hidden","id","role","aria-labelledby"])u.removeAttribute(r);let p=Number.parseInt(l.style.minWidth,10)-(e.cells.length-1)*N,t=(u,...r)=>{
let f=o(s[u]);return f.append(...r),f},i=u=>g("td","",{style:s[u].getAttribute("style")});function m({heading:u,columns:r,rows:f},x,E){let a=S=>x.find(([,,M])=>M===
S)?.[0],b=[a("columns"),a("rows")].flatMap((S,M)=>S===void 0?[]:[g("span","",{style:"display:block"},k(S),M?" ↓":" →")]),w=f.map(([S,M,j])=>{let H=a("rows")===
void 0?i("side"):t("side",k(S),F(M,S,E)),D=()=>[g("p","nothing",{},"not in this experiment")];return t("row",H,...j.map(B=>t("cell",...B??D())))}),y=r.map(S=>a(
"columns")===void 0?i("column"):t("column",k(S))),v=t("table",t("head",t("row",t("corner",...b),...y)),g("tbody","",{},...w));v.style.minWidth=`${p+r.length*N}p\
x`,v.style.maxWidth=`${p+r.length*K}px`;let C=t("scroll",v);return C.ariaLabel=`Clips ${u}`.trim(),t("section",...u?[t("heading",u)]:[],C)}return{section:m}}function F(n,c,l){
let e=g("button","unseen",{type:"button",title:"Hide this row","aria-label":`Hide row ${c}`});return e.append(L("hide")),e.addEventListener("click",()=>l(n)),e}for(let n of document.querySelectorAll(".hailuo-grid:not([data-tabs])"))q(n);})();
