// grid/saved.js 33bf2e910b99a79c6b48b1cec662e827634d91e27102ad954d74aa85993f7412
"use strict";(()=>{var h=`
.hailuo-grid .hailuo-tabs{display:flex;flex-wrap:wrap;gap:4px;margin:0 0 10px;border-bottom:1px solid #80808066}
.hailuo-grid .hailuo-tabs button{font:inherit;font-size:13px;color:inherit;min-height:30px;padding:2px 12px;border:0;
border-bottom:3px solid transparent;background:none;cursor:pointer}
.hailuo-grid .hailuo-tabs button:hover{background:#80808026}
.hailuo-grid .hailuo-tabs button[aria-selected=true]{font-weight:600;border-color:var(--jp-brand-color1,var(--vscode-focusBorder,Highlight))}
.hailuo-grid .hailuo-tabs button:focus-visible{outline:2px solid var(--jp-brand-color1,var(--vscode-focusBorder,Highlight));outline-offset:-2px}
@media (forced-colors:active){.hailuo-grid .hailuo-tabs button[aria-selected=true]{border-color:Highlight}}
@media print{.hailuo-grid .hailuo-tabs{display:none}.hailuo-grid .hailuo-sheet[hidden]{display:block!important}}`;function c(l){let n=[...l.querySelectorAll(".h\
ailuo-sheet")];if(l.dataset.tabs="on",n.length<2)return;let d=`hailuo-${Math.random().toString(36).slice(2)}`,a=document.createElement("div"),u=document.createElement(
"style"),i=n.map((o,e)=>{let[t,r]=[document.createElement("button"),o.querySelector(".hailuo-heading")];return t.type="button",t.id=`${d}-${e}`,t.role="tab",t.dir=
"auto",t.textContent=r.textContent,t.setAttribute("aria-controls",`${d}-${e}-sheet`),o.id=`${d}-${e}-sheet`,o.role="tabpanel",o.setAttribute("aria-labelledby",t.
id),r.hidden=!0,t.addEventListener("click",()=>s(e)),t});function s(o){i.forEach((e,t)=>{e.ariaSelected=t===o,e.tabIndex=t===o?0:-1,n[t].hidden=t!==o})}a.addEventListener(
"keydown",o=>{let[e,t]=[i.indexOf(o.target),i.length-1],r={ArrowLeft:e?e-1:t,ArrowRight:e<t?e+1:0,Home:0,End:t}[o.key];r===void 0||o.ctrlKey||o.metaKey||o.altKey||
(o.preventDefault(),o.stopPropagation(),s(r),i[r].focus())}),a.className="hailuo-tabs",a.role="tablist",a.ariaLabel="Sheets",a.append(...i),u.textContent=h,n[0].
before(u,a),s(0)}for(let l of document.querySelectorAll(".hailuo-grid:not([data-tabs])"))c(l);})();
