// loader.js 4d1139cb610cf99b45de466556979d62e3bdb505dab508c78c75a9ea5cfcc71e
var AGAIN_MS=200;var TRIES=50;var loaded=new Map;async function shared(manager,id){for(let left=TRIES;;left-=1){try{return await manager.get_model(id)}catch(error){
if(!left)throw error;await new Promise(done=>setTimeout(done,AGAIN_MS))}}}async function load(manager,id){const code=await shared(manager,id);const style=document.
createElement("style");style.textContent=code.get("looks");document.head.append(style);const address=URL.createObjectURL(new Blob([code.get("source")],{type:"te\
xt/javascript"}));try{return(await import(address)).default}finally{URL.revokeObjectURL(address)}}var loader_default={async render(view){const id=view.model.get(
"code");if(!loaded.has(id))loaded.set(id,load(view.model.widget_manager,id));try{return(await loaded.get(id)).render(view)}catch(error){loaded.delete(id);throw error}}};export{loader_default as default};
