// grid/saved.js 34d3130a3925a6681cda599dcd13a172f253b1838e81a34b1dda7198b0fe2efc
"use strict";(()=>{var u=r=>r.ctrlKey||r.metaKey||r.altKey;function h(r){r.preventDefault(),r.stopPropagation()}var b=`
.hailuo-grid .hailuo-tabs{display:flex;flex-wrap:wrap;gap:4px;margin:0 0 10px;border-bottom:1px solid #80808066}
.hailuo-grid .hailuo-tabs button{font:inherit;font-size:13px;color:inherit;min-height:30px;padding:2px 12px;border:0;
border-bottom:3px solid transparent;background:none;cursor:pointer}
.hailuo-grid .hailuo-tabs button:hover{background:#80808026}
.hailuo-grid .hailuo-tabs button[aria-selected=true]{font-weight:600;border-color:var(--jp-brand-color1,var(--vscode-focusBorder,Highlight))}
.hailuo-grid .hailuo-tabs button:focus-visible{outline:2px solid var(--jp-brand-color1,var(--vscode-focusBorder,Highlight));outline-offset:-2px}
@media (forced-colors:active){.hailuo-grid .hailuo-tabs button[aria-selected=true]{border-color:Highlight}}
@media print{.hailuo-grid .hailuo-tabs{display:none}.hailuo-grid .hailuo-sheet[hidden]{display:block!important}}`;function p(r){let l=[...r.querySelectorAll(".h\
ailuo-sheet")];if(r.dataset.tabs="on",l.length<2)return;let c=`hailuo-${Math.random().toString(36).slice(2)}`,n=document.createElement("div"),d=document.createElement(
"style"),a=l.map((e,o)=>{let[t,i]=[document.createElement("button"),e.querySelector(".hailuo-heading")];return t.type="button",t.id=`${c}-${o}`,t.role="tab",t.dir=
"auto",t.textContent=i.textContent,t.setAttribute("aria-controls",`${c}-${o}-sheet`),e.id=`${c}-${o}-sheet`,e.role="tabpanel",e.setAttribute("aria-labelledby",t.
id),i.hidden=!0,t.addEventListener("click",()=>s(o)),t});function s(e){a.forEach((o,t)=>{o.ariaSelected=String(t===e),o.tabIndex=t===e?0:-1,l[t].hidden=t!==e})}
n.addEventListener("keydown",e=>{let[o,t]=[a.indexOf(e.target),a.length-1],i={ArrowLeft:o?o-1:t,ArrowRight:o<t?o+1:0,Home:0,End:t}[e.key];i===void 0||u(e)||(h(e),
s(i),a[i].focus())}),n.className="hailuo-tabs",n.role="tablist",n.ariaLabel="Sheets",n.append(...a),d.textContent=b,l[0].before(d,n),s(0)}for(let r of document.querySelectorAll(".hailuo-grid:not([data-tabs])"))p(r);})();
