// loader.js 45569f06342e540458f957cd6cc47191be5af128c81fd9fa4bda727f0a3449fe
var n=new Map;async function c(t,e){for(let o=50;;o-=1)try{return await t.get_model(e)}catch(r){if(!o)throw r;await new Promise(a=>setTimeout(a,200))}}async function d(t,e){
let o=await c(t,e),r=document.createElement("style");r.textContent=o.get("looks"),document.head.append(r);let a=URL.createObjectURL(new Blob([o.get("source")],{
type:"text/javascript"}));try{return(await import(a)).default}finally{URL.revokeObjectURL(a)}}var s={async render(t){let e=t.model.get("code");n.has(e)||n.set(e,
d(t.model.widget_manager,e));try{return(await n.get(e)).render(t)}catch(o){throw n.delete(e),o}}};export{s as default};
