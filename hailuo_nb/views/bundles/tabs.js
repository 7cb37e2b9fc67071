// grid/saved.js 11137d74abef45916a9033467f82330a148f5f582941f775f31953c75a05c19d
"use strict";(()=>{var A="http://www.w3.org/2000/svg",I={close:"M4 4l8 8M12 4l-8 8",more:"M4 6l4 4 4-4",image:"M2.5 3.5h11v9h-11zM4.5 10.5l2.5-3 2 2 1.5-1.5 2 2.5M10.5 6h.01",search:"\
M7 2.5a4.5 4.5 0 100 9 4.5 4.5 0 000-9zM10.3 10.3L14 14",play:"M5 3.5v9l7-4.5z",check:"M3 8.5l3.5 3.5L13 4.5",hide:"M2 8s2.2-4 6-4 6 4 6 4-2.2 4-6 4-6-4-6-4zM3 \
13L13 3",pencil:"M3 13l.7-2.8L11 2.9l2.1 2.1-7.3 7.3zM9.5 4.4l2.1 2.1",copy:"M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",next:"M3 8h9M8.5 4l4 4-4 4",down:"M8 2.5v8M4.5\
 7.5L8 11l3.5-3.5M3 13.5h10",reuse:"M13 8a5 5 0 11-1.5-3.6M13 2v3h-3"};function g(e,c="",l={},...n){let d=document.createElement(e);c&&(d.className=c);for(let[o,
h]of Object.entries(l))h!=null&&h!==!1&&d.setAttribute(o,h===!0?"":String(h));return d.append(...n.filter(o=>o!==null)),d}var k=e=>g("bdi","",{dir:"auto"},e);function P(e,c,l={}){let[n,d]=[document.createElementNS(A,"svg"),document.createElementNS(A,"path")];for(let[o,h]of Object.entries({viewBox:`0 0 ${c} ${c}`,...l}))
n.setAttribute(o,String(h));return d.setAttribute("d",e),n.append(d),n}var L=e=>P(I[e],16,{width:16,height:16,"aria-hidden":"true",class:"icon"});var O=e=>e.ctrlKey||e.metaKey||e.altKey;function T(e){e.preventDefault(),e.stopPropagation()}var z="--accent:var(--jp-brand-color1,var(--vscode-focusBorder,#1976d2));";var W=`.hailuo-grid{${z}}
.hailuo-grid .hailuo-tabs{display:flex;flex-wrap:wrap;gap:4px;margin:0 0 10px;border-bottom:1px solid #80808066}
.hailuo-grid .hailuo-tabs button{font:inherit;font-size:13px;color:inherit;min-height:30px;padding:2px 12px;border:0;
border-bottom:3px solid transparent;background:none;cursor:pointer}
.hailuo-grid .hailuo-tabs button:hover{background:#80808026}
.hailuo-grid .hailuo-tabs button[aria-selected=true]{font-weight:600;border-color:var(--accent)}
.hailuo-grid .hailuo-tabs button:focus-visible{outline:2px solid var(--accent);outline-offset:-2px}
@media (forced-colors:active){.hailuo-grid .hailuo-tabs button[aria-selected=true]{border-color:Highlight}}
@media print{.hailuo-grid .hailuo-tabs{display:none}.hailuo-grid .hailuo-sheet[hidden]{display:block!important}}`;function C(e){let c=[...e.querySelectorAll(".h\
ailuo-sheet")];if(e.dataset.tabs="on",c.length<2)return;let l=`hailuo-${Math.random().toString(36).slice(2)}`,n=document.createElement("div"),d=document.createElement(
"style"),o=c.map((s,p)=>{let[t,i]=[document.createElement("button"),s.querySelector(".hailuo-heading")];return t.type="button",t.id=`${l}-${p}`,t.role="tab",t.dir=
"auto",t.textContent=i.textContent,t.setAttribute("aria-controls",`${l}-${p}-sheet`),s.id=`${l}-${p}-sheet`,s.role="tabpanel",s.setAttribute("aria-labelledby",t.
id),i.hidden=!0,t.addEventListener("click",()=>h(p)),t});function h(s){o.forEach((p,t)=>{p.ariaSelected=String(t===s),p.tabIndex=t===s?0:-1,c[t].hidden=t!==s})}
n.addEventListener("keydown",s=>{let[p,t]=[o.indexOf(s.target),o.length-1],i={ArrowLeft:p?p-1:t,ArrowRight:p<t?p+1:0,Home:0,End:t}[s.key];i===void 0||O(s)||(T(s),
h(i),o[i].focus())}),n.className="hailuo-tabs",n.role="tablist",n.ariaLabel="Sheets",n.append(...o),d.textContent=W,c[0].before(d,n),h(0)}var _=["rows","columns","tabs"],N=150,K=400,G=`.hailuo-grid{
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
@media print{.arranging,.unseen{display:none!important}}}`;function q(e){let c=e.dataset.axes,l=e.querySelector(".hailuo-clips");if(!c||!l||e.querySelector(".ar\
ranging"))return C(e);let n=JSON.parse(c),d=[...l.querySelectorAll("td[data-at]")].filter(({dataset:r})=>r.at).map(r=>({at:String(r.dataset.at).split(" ").map(Number),
nodes:[...r.childNodes]})),o=X(l);if(n.length<2||!o)return C(e);let{section:h}=o,s=new Set,p=n.map(([r,,w],S)=>{let m=g("select","",{"aria-label":`${r} on`},..._.
map(b=>g("option","",{value:b,selected:b===w},b)));return m.addEventListener("change",()=>f(S,m.value)),m.addEventListener("keydown",b=>b.stopPropagation()),m}),
t=g("button","",{type:"button"},"Swap rows and columns"),i=g("button","",{type:"button",hidden:!0}),x=g("div","arranging",{role:"group","aria-label":"Layout"},...n.
map(([r],w)=>g("label","",{},k(r),p[w])),t,i),u=()=>n.map(([,,r])=>r),a=()=>[...s].filter(r=>r.startsWith(`${u().indexOf("rows")} `));function f(r,w){let[S,m]=[
n[r][2],u().indexOf(w)];w!=="tabs"&&m>=0&&(n[m][2]=S),n[r][2]=w,y()}function y(){for(let[b,[,,$]]of n.entries())p[b].value=$;let r=()=>[...e.querySelectorAll("[\
role=tab]")],w=r().find(({ariaSelected:b})=>b==="true")?.textContent,S=R(n,d,s);l?.replaceChildren(...S.map(b=>h(b,n,E))),C(e),r().find(({textContent:b})=>b===w)?.
click();let m=a().length;i.textContent=m===1?"Show 1 hidden row":`Show ${m} hidden rows`,i.hidden=m===0,e.dispatchEvent(new CustomEvent("arranged"))}function E(r){
s.add(r),y(),i.focus()}t.addEventListener("click",()=>{for(let r of n)r[2]=r[2]==="rows"?"columns":r[2]==="columns"?"rows":"tabs";y()}),i.addEventListener("clic\
k",()=>{for(let r of a())s.delete(r);y(),t.focus()}),l.before(g("style","",{},G),x),y()}function R(e,c,l){let n=t=>e.findIndex(([,,i])=>i===t),[d,o]=[n("rows"),
n("columns")],h=e.flatMap(([,,t],i)=>t==="tabs"?[i]:[]),s=new Map,p=[...c].sort((t,i)=>{let x=h.find(u=>t.at[u]!==i.at[u]);return x===void 0?0:t.at[x]-i.at[x]});
for(let t of p){let i=h.map(x=>t.at[x]).join(" ");s.set(i,[...s.get(i)??[],t])}return[...s.values()].map(t=>{let i=a=>a<0?[0]:[...new Set(t.map(({at:f})=>f[a]))].
sort((f,y)=>f-y),x=({at:a},f)=>f<0?0:a[f],u=(a,f)=>a<0?"":e[a][1][f];return{heading:h.map(a=>`${e[a][0]} ${u(a,t[0].at[a])}`).join(" · "),columns:i(o).map(a=>u(
o,a)),rows:i(d).filter(a=>!l.has(`${d} ${a}`)).map(a=>[u(d,a),`${d} ${a}`,i(o).map(f=>t.find(y=>x(y,d)===a&&x(y,o)===f)?.nodes??null)])}})}function X(e){let c=e.
querySelector(".hailuo-sheet"),l=c?.querySelector("table"),[n,d]=[l?.tHead?.rows[0],l?.tBodies[0]?.rows[0]];if(!c||!l||!n||!d)return null;let o=u=>u.cloneNode(!1),
h=c.querySelector(".hailuo-heading"),s={section:o(c),heading:h?o(h):g("h4","hailuo-heading",{dir:"auto",style:"margin:8px 0;font-size:14px"}),scroll:o(l.parentElement),
table:o(l),head:o(l.tHead),row:o(n),corner:o(n.cells[0]),column:o(n.cells[1]),side:o(d.cells[0]),cell:o(d.cells[1])};s.cell.removeAttribute("data-at");for(let u of[
s.section,s.heading])for(let a of["hidden","id","role","aria-labelledby"])u.removeAttribute(a);let p=Number.parseInt(l.style.minWidth,10)-(n.cells.length-1)*N,t=(u,...a)=>{
let f=o(s[u]);return f.append(...a),f},i=u=>g("td","",{style:s[u].getAttribute("style")});function x({heading:u,columns:a,rows:f},y,E){let r=v=>y.find(([,,M])=>M===
v)?.[0],w=[r("columns"),r("rows")].flatMap((v,M)=>v===void 0?[]:[g("span","",{style:"display:block"},k(v),M?" ↓":" →")]),S=f.map(([v,M,j])=>{let H=r("rows")===
void 0?i("side"):t("side",k(v),F(M,v,E)),D=()=>[g("p","nothing",{},"not in this experiment")];return t("row",H,...j.map(B=>t("cell",...B??D())))}),m=a.map(v=>r(
"columns")===void 0?i("column"):t("column",k(v))),b=t("table",t("head",t("row",t("corner",...w),...m)),g("tbody","",{},...S));b.style.minWidth=`${p+a.length*N}p\
x`,b.style.maxWidth=`${p+a.length*K}px`;let $=t("scroll",b);return $.ariaLabel=`Clips ${u}`.trim(),t("section",...u?[t("heading",u)]:[],$)}return{section:x}}function F(e,c,l){
let n=g("button","unseen",{type:"button",title:"Hide this row","aria-label":`Hide row ${c}`});return n.append(L("hide")),n.addEventListener("click",()=>l(e)),n}for(let e of document.querySelectorAll(".hailuo-grid:not([data-tabs])"))q(e);})();
