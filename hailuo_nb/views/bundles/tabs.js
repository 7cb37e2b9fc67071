// grid/saved.js 9e451b39cf195e231d96cded66c83bc9e55c50ba99451249ae44994609cadce8
"use strict";(()=>{var u=r=>r.ctrlKey||r.metaKey||r.altKey;function h(r){r.preventDefault(),r.stopPropagation()}var p="--accent:var(--jp-brand-color1,var(--vscode-focusBorder,#1976d2));";var b=`.hailuo-grid{${p}}
.hailuo-grid .hailuo-tabs{display:flex;flex-wrap:wrap;gap:4px;margin:0 0 10px;border-bottom:1px solid #80808066}
.hailuo-grid .hailuo-tabs button{font:inherit;font-size:13px;color:inherit;min-height:30px;padding:2px 12px;border:0;
border-bottom:3px solid transparent;background:none;cursor:pointer}
.hailuo-grid .hailuo-tabs button:hover{background:#80808026}
.hailuo-grid .hailuo-tabs button[aria-selected=true]{font-weight:600;border-color:var(--accent)}
.hailuo-grid .hailuo-tabs button:focus-visible{outline:2px solid var(--accent);outline-offset:-2px}
@media (forced-colors:active){.hailuo-grid .hailuo-tabs button[aria-selected=true]{border-color:Highlight}}
@media print{.hailuo-grid .hailuo-tabs{display:none}.hailuo-grid .hailuo-sheet[hidden]{display:block!important}}`;function f(r){let c=[...r.querySelectorAll(".h\
ailuo-sheet")];if(r.dataset.tabs="on",c.length<2)return;let l=`hailuo-${Math.random().toString(36).slice(2)}`,n=document.createElement("div"),d=document.createElement(
"style"),i=c.map((e,o)=>{let[t,a]=[document.createElement("button"),e.querySelector(".hailuo-heading")];return t.type="button",t.id=`${l}-${o}`,t.role="tab",t.dir=
"auto",t.textContent=a.textContent,t.setAttribute("aria-controls",`${l}-${o}-sheet`),e.id=`${l}-${o}-sheet`,e.role="tabpanel",e.setAttribute("aria-labelledby",t.
id),a.hidden=!0,t.addEventListener("click",()=>s(o)),t});function s(e){i.forEach((o,t)=>{o.ariaSelected=String(t===e),o.tabIndex=t===e?0:-1,c[t].hidden=t!==e})}
n.addEventListener("keydown",e=>{let[o,t]=[i.indexOf(e.target),i.length-1],a={ArrowLeft:o?o-1:t,ArrowRight:o<t?o+1:0,Home:0,End:t}[e.key];a===void 0||u(e)||(h(e),
s(a),i[a].focus())}),n.className="hailuo-tabs",n.role="tablist",n.ariaLabel="Sheets",n.append(...i),d.textContent=b,c[0].before(d,n),s(0)}for(let r of document.querySelectorAll(".hailuo-grid:not([data-tabs])"))f(r);})();
