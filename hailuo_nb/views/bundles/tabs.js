// grid/saved.js 1bac62a342ac24e65f9e936197e8ab4bc8121f43b6996954f082ffc234a2a861
"use strict";(()=>{var A="http://www.w3.org/2000/svg",I={close:"M4 4l8 8M12 4l-8 8",more:"M4 6l4 4 4-4",image:"M2.5 3.5h11v9h-11zM4.5 10.5l2.5-3 2 2 1.5-1.5 2 2.5M10.5 6h.01",search:"\
M7 2.5a4.5 4.5 0 100 9 4.5 4.5 0 000-9zM10.3 10.3L14 14",play:"M5 3.5v9l7-4.5z",check:"M3 8.5l3.5 3.5L13 4.5",hide:"M2 8s2.2-4 6-4 6 4 6 4-2.2 4-6 4-6-4-6-4zM3 \
13L13 3",pencil:"M3 13l.7-2.8L11 2.9l2.1 2.1-7.3 7.3zM9.5 4.4l2.1 2.1",copy:"M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",next:"M3 8h9M8.5 4l4 4-4 4",down:"M8 2.5v8M4.5\
 7.5L8 11l3.5-3.5M3 13.5h10",reuse:"M13 8a5 5 0 11-1.5-3.6M13 2v3h-3"};function g(o,l="",s={},...e){let d=document.createElement(o);l&&(d.className=l);for(let[n,
f]of Object.entries(s))f!=null&&f!==!1&&d.setAttribute(n,f===!0?"":String(f));return d.append(...e.filter(n=>n!==null)),d}var k=o=>g("bdi","",{dir:"auto"},o);function P(o,l,s={}){let[e,d]=[document.createElementNS(A,"svg"),document.createElementNS(A,"path")];for(let[n,f]of Object.entries({viewBox:`0 0 ${l} ${l}`,...s}))
e.setAttribute(n,String(f));return d.setAttribute("d",o),e.append(d),e}var L=o=>P(I[o],16,{width:16,height:16,"aria-hidden":"true",class:"icon"});var z=o=>o.ctrlKey||o.metaKey||o.altKey;function O(o){o.preventDefault(),o.stopPropagation()}var T="--accent:var(--jp-brand-color1,var(--vscode-focusBorder,#1976d2));";var W=`.hailuo-grid{${T}}
.hailuo-grid .hailuo-tabs{display:flex;flex-wrap:wrap;gap:4px;margin:0 0 10px;border-bottom:1px solid #80808066}
.hailuo-grid .hailuo-tabs button{font:inherit;font-size:13px;color:inherit;min-height:30px;padding:2px 12px;border:0;
border-bottom:3px solid transparent;background:none;cursor:pointer}
.hailuo-grid .hailuo-tabs button:hover{background:#80808026}
.hailuo-grid .hailuo-tabs button[aria-selected=true]{font-weight:600;border-color:var(--accent)}
.hailuo-grid .hailuo-tabs button:focus-visible{outline:2px solid var(--accent);outline-offset:-2px}
@media (forced-colors:active){.hailuo-grid .hailuo-tabs button[aria-selected=true]{border-color:Highlight}}
@media print{.hailuo-grid .hailuo-tabs{display:none}.hailuo-grid .hailuo-sheet[hidden]{display:block!important}}`;function $(o){let l=[...o.querySelectorAll(".h\
ailuo-sheet")];if(o.dataset.tabs="on",l.length<2)return;let s=`hailuo-${Math.random().toString(36).slice(2)}`,e=document.createElement("div"),d=document.createElement(
"style"),n=l.map((r,p)=>{let[t,a]=[document.createElement("button"),r.querySelector(".hailuo-heading")];return t.type="button",t.id=`${s}-${p}`,t.role="tab",t.dir=
"auto",t.textContent=a.textContent,t.setAttribute("aria-controls",`${s}-${p}-sheet`),r.id=`${s}-${p}-sheet`,r.role="tabpanel",r.setAttribute("aria-labelledby",t.
id),a.hidden=!0,t.addEventListener("click",()=>f(p)),t});function f(r){n.forEach((p,t)=>{p.ariaSelected=String(t===r),p.tabIndex=t===r?0:-1,l[t].hidden=t!==r})}
e.addEventListener("keydown",r=>{let[p,t]=[n.indexOf(r.target),n.length-1],a={ArrowLeft:p?p-1:t,ArrowRight:p<t?p+1:0,Home:0,End:t}[r.key];a===void 0||z(r)||(O(r),
f(a),n[a].focus())}),e.className="hailuo-tabs",e.role="tablist",e.ariaLabel="Sheets",e.append(...n),d.textContent=W,l[0].before(d,e),f(0)}var _=["rows","columns","tabs"],N=150,K=400,G=`.hailuo-grid{
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
@media print{.arranging,.unseen{display:none!important}}}`;function q(o){let l=o.dataset.axes,s=o.querySelector(".hailuo-clips");if(!l||!s||o.querySelector(".ar\
ranging"))return $(o);let e=JSON.parse(l),d=[...s.querySelectorAll("td[data-at]")].filter(({dataset:c})=>c.at).map(c=>({at:String(c.dataset.at).split(" ").map(Number),
nodes:[...c.childNodes]})),n=X(s);if(e.length<2||!n)return $(o);let{section:f}=n,r=new Set,p=e.map(([c,,b],y)=>{let x=g("select","",{"aria-label":`${c} on`},..._.
map(S=>g("option","",{value:S,selected:S===b},S)));return x.addEventListener("change",()=>i(y,x.value)),x.addEventListener("keydown",S=>S.stopPropagation()),x}),
t=g("button","",{type:"button"},"Swap rows and columns"),a=g("button","",{type:"button",hidden:!0}),m=g("div","arranging",{role:"group","aria-label":"Layout"},...e.
map(([c],b)=>g("label","",{},k(c),p[b])),t,a),h=()=>e.map(([,,c])=>c);function i(c,b){let[y,x]=[e[c][2],h().indexOf(b)];b!=="tabs"&&x>=0&&(e[x][2]=y),e[c][2]=b,
u()}function u(){for(let[y,[,,x]]of e.entries())p[y].value=x;let c=R(e,d,r);s?.replaceChildren(...c.map(y=>f(y,e,v))),$(o);let b=r.size===1?"Show 1 hidden row":
`Show ${r.size} hidden rows`;a.textContent=b,a.hidden=r.size===0,o.dispatchEvent(new CustomEvent("arranged"))}function v(c){r.add(c),u(),a.focus()}t.addEventListener(
"click",()=>{for(let c of e)c[2]=c[2]==="rows"?"columns":c[2]==="columns"?"rows":"tabs";u()}),a.addEventListener("click",()=>{r.clear(),u(),t.focus()}),s.before(
g("style","",{},G),m),u()}function R(o,l,s){let e=t=>o.findIndex(([,,a])=>a===t),[d,n]=[e("rows"),e("columns")],f=o.flatMap(([,,t],a)=>t==="tabs"?[a]:[]),r=new Map,
p=[...l].sort((t,a)=>{let m=f.find(h=>t.at[h]!==a.at[h]);return m===void 0?0:t.at[m]-a.at[m]});for(let t of p){let a=f.map(m=>t.at[m]).join(" ");r.set(a,[...r.get(
a)??[],t])}return[...r.values()].map(t=>{let a=i=>i<0?[0]:[...new Set(t.map(({at:u})=>u[i]))].sort((u,v)=>u-v),m=({at:i},u)=>u<0?0:i[u],h=(i,u)=>i<0?"":o[i][1][u];
return{heading:f.map(i=>`${o[i][0]} ${h(i,t[0].at[i])}`).join(" · "),columns:a(n).map(i=>h(n,i)),rows:a(d).filter(i=>!s.has(`${d} ${i}`)).map(i=>[h(d,i),`${d} ${i}`,
a(n).map(u=>t.find(v=>m(v,d)===i&&m(v,n)===u)?.nodes??null)])}})}function X(o){let l=o.querySelector(".hailuo-sheet"),s=l?.querySelector("table"),[e,d]=[s?.tHead?.
rows[0],s?.tBodies[0]?.rows[0]];if(!l||!s||!e||!d)return null;let n=h=>h.cloneNode(!1),f=l.querySelector(".hailuo-heading"),r={section:n(l),heading:f?n(f):g("h4",
"hailuo-heading",{dir:"auto",style:"margin:8px 0;font-size:14px"}),scroll:n(s.parentElement),table:n(s),head:n(s.tHead),row:n(e),corner:n(e.cells[0]),column:n(e.
cells[1]),side:n(d.cells[0]),cell:n(d.cells[1])};r.cell.removeAttribute("data-at");for(let h of[r.section,r.heading])for(let i of["hidden","id","role","aria-lab\
elledby"])h.removeAttribute(i);let p=Number.parseInt(s.style.minWidth,10)-(e.cells.length-1)*N,t=(h,...i)=>{let u=n(r[h]);return u.append(...i),u},a=h=>g("td","",
{style:r[h].getAttribute("style")});function m({heading:h,columns:i,rows:u},v,c){let b=w=>v.find(([,,M])=>M===w)?.[0],y=[b("columns"),b("rows")].flatMap((w,M)=>w===
void 0?[]:[g("span","",{style:"display:block"},k(w),M?" ↓":" →")]),x=u.map(([w,M,j])=>{let H=b("rows")===void 0?a("side"):t("side",k(w),F(M,w,c)),D=()=>[g("\
p","nothing",{},"not in this experiment")];return t("row",H,...j.map(B=>t("cell",...B??D())))}),S=i.map(w=>b("columns")===void 0?a("column"):t("column",k(w))),E=t(
"table",t("head",t("row",t("corner",...y),...S)),g("tbody","",{},...x));E.style.minWidth=`${p+i.length*N}px`,E.style.maxWidth=`${p+i.length*K}px`;let C=t("scrol\
l",E);return C.ariaLabel=`Clips ${h}`.trim(),t("section",...h?[t("heading",h)]:[],C)}return{section:m}}function F(o,l,s){let e=g("button","unseen",{type:"button",
title:"Hide this row","aria-label":`Hide row ${l}`});return e.append(L("hide")),e.addEventListener("click",()=>s(o)),e}for(let o of document.querySelectorAll(".hailuo-grid:not([data-tabs])"))q(o);})();
