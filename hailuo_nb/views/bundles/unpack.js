// panel/unpack.js f375df559c1cc6ec3e457a641a7d1d66369f111c10d87ea34c20cfacb2142101
var unpack=packed=>new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();async function load(model){const[code,looks]=await Promise.
all(["code","looks"].map(name=>unpack(model.get(name))));const style=document.createElement("style");style.textContent=looks;document.head.append(style);const address=URL.
createObjectURL(new Blob([code],{type:"text/javascript"}));const{default:panel}=await import(address);URL.revokeObjectURL(address);return{panel,end:()=>style.remove()}}
var told=model=>new Promise(done=>{const look=()=>{if(!model.get("catalogue").models)return;model.off("change:catalogue",look);done()};model.on("change:catalogu\
e",look);look()});var unpack_default=()=>{let loading=null;const loaded=model=>loading??=Promise.all([load(model),told(model)]).then(([found])=>found);return{initialize({
model}){let[isOver,leave]=[false,()=>{}];loaded(model).then(({panel,end})=>{if(isOver)return end();const go=panel.initialize({model});leave=()=>{go();end()}});return()=>{
isOver=true;leave()}},async render({model,el}){const{panel}=await loaded(model);return panel.render({model,el})}}};export{unpack_default as default};
