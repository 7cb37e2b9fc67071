// panel/unpack.js 8304f900b2f4c6efc6253f8a6939d98ba48c862fac5125ead031a5447921d87b
var unpack=packed=>new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();async function load(model){const[code,looks]=await Promise.
all(["code","looks"].map(name=>unpack(model.get(name))));const style=document.createElement("style");style.textContent=looks;document.head.append(style);const address=URL.
createObjectURL(new Blob([code],{type:"text/javascript"}));const{default:panel}=await import(address);URL.revokeObjectURL(address);return{panel,end:()=>style.remove()}}
var told=model=>new Promise(done=>{const look=()=>{if(!model.get("catalogue").models)return;model.off("change:catalogue",look);done()};model.on("change:catalogu\
e",look);look()});var unpack_default=()=>{let loading=null;const loaded=model=>loading??=Promise.all([load(model),told(model)]).then(([found])=>found);return{initialize({
model}){let[isOver,leave]=[false,()=>{}];loaded(model).then(({panel,end})=>{if(isOver)return end();const go=panel.initialize({model});leave=()=>{go();end()}});return()=>{
isOver=true;leave()}},async render({model,el}){const{panel}=await loaded(model);return panel.render({model,el})}}};export{unpack_default as default};
