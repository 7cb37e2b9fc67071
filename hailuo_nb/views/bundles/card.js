// card/card.js 2b19b0af488512f524731f939bd44a5ab1e19ba9a2edf029e0563f53c0da7e70
function make(tag,className="",attributes={},...children){const element=document.createElement(tag);if(className)element.className=className;for(const[name,value]of Object.
entries(attributes)){if(value!=null&&value!==false)element.setAttribute(name,value===true?"":String(value))}element.append(...children.filter(child=>child!==null));
return element}function say(element,text){const words=text??"";if(element.textContent!==words)element.textContent=words;element.hidden=words===""}var change=(element,name,value)=>{
if(element.getAttribute(name)!==String(value))element.setAttribute(name,String(value))};var foreign=text=>make("bdi","",{dir:"auto"},text);var dotted=phrases=>phrases.
flatMap((phrase,index)=>index?[" · ",foreign(phrase)]:[foreign(phrase)]);async function copyText(text){try{await navigator.clipboard.writeText(text);return true}catch{return false}}var STOPPING="Stopping…";var DELAY="A cell that is running may delay this.";var badge=()=>make("strong","badge",{title:"Made by the built-in simulator, free of charge"},"SIMULATED");function drawRail(rail,phase){[...rail.children].forEach((step,index)=>{step.className=phase===null?"":index<phase?"past":index===phase?"now":""})}function clockWords(elapsed_s){
const[hours,minutes,seconds]=[elapsed_s/3600,elapsed_s/60%60,elapsed_s%60].map(Math.floor);const two=number=>String(number).padStart(2,"0");return hours?`${hours}\
:${two(minutes)}:${two(seconds)}`:`${minutes}:${two(seconds)}`}function makeClock(attributes={}){const time=document.createTextNode("");return{time,clock:make("\
span","clock",{hidden:true,...attributes},time)}}function tick({clock,time},from_ms,late_after_s,to_ms=Date.now()){const isTicking=from_ms!==null;const elapsed_s=isTicking?
Math.max(0,(to_ms-from_ms)/1e3):0;const words=clockWords(elapsed_s);if(clock.hidden===isTicking)clock.hidden=!isTicking;if(isTicking&&time.data!==words)time.data=
words;return isTicking&&late_after_s!==null&&elapsed_s>late_after_s}var LATE="longer this time";var estimateWords=(estimate,isLate)=>[estimate,isLate?LATE:""].filter(
Boolean).join(", ");function drawPicture(frame,picture,alt,before=null){const image=frame.querySelector("img");if(!picture)return image?.remove();if(image)return change(
image,"src",picture);const made=make("img","",{src:picture,alt});if(before)frame.insertBefore(made,before);else frame.replaceChildren(made)}function list(element,phrases){const key=JSON.stringify(phrases);if(element.dataset.key===key)return;element.dataset.key=key;element.hidden=phrases.length===0;element.
replaceChildren(...dotted(phrases))}function skeleton(){const parts={frame:make("div","frame"),rail:make("ol","rail",{"aria-label":"Progress"}),label:make("bdi",
"",{dir:"auto"}),badge:badge(),headline:make("strong","headline",{role:"status","aria-live":"polite"}),...makeClock({role:"timer","aria-live":"off",title:"Since\
 it was sent"}),estimate:make("span","estimate"),explanation:make("p","explanation",{dir:"auto"}),prompt:make("div","prompt",{dir:"auto"}),options:make("p","qui\
et"),images:make("p","quiet"),money:make("p","quiet"),id:make("code","",{dir:"ltr"}),copy:make("button","copy",{type:"button","aria-label":"Copy the task id"},"\
Copy"),note:make("p","note",{dir:"auto"}),warnings:make("ul","warnings"),stop:make("button","stop",{type:"button"},"Stop watching"),hint:make("span","hint"),commands:make(
"p","quiet")};const task=make("p","quiet",{},"task ",parts.id," ",parts.copy);const actions=make("div","actions",{},parts.stop,parts.hint);const picture=make("d\
iv","column picture",{},parts.frame,parts.rail);const text=make("div","column text",{},make("p","name",{},make("strong","",{},parts.label),parts.badge),make("p",
"status",{},parts.headline,parts.clock,parts.estimate),parts.explanation,parts.prompt,make("div","details",{},parts.options,parts.images,parts.money,task,parts.
warnings),parts.note,parts.commands,actions);const root=make("section","hailuo-live",{"data-lm-suppress-shortcuts":"true"},picture,text);return{root,parts:{...parts,
task,actions,picture}}}function drawFrame({frame,picture},state){picture.style.maxWidth=`${state.width_px+16}px`;frame.style.aspectRatio=`${state.width_px} / ${state.
height_px}`;drawPicture(frame,state.poster,"Start frame")}function drawPhases({rail},{phases,phase}){if(rail.childElementCount!==phases.length){rail.replaceChildren(
...phases.map(words=>make("li","",{},make("span","",{},words))))}drawRail(rail,phase);for(const step of rail.children)step.ariaCurrent=step.className==="now"?"s\
tep":null}function drawPrompt({prompt},[shown,rest]){if(prompt.dataset.drawn===shown+rest)return;prompt.dataset.drawn=shown+rest;if(rest)prompt.replaceChildren(
make("details","",{},make("summary","",{},`${shown}…`),rest));else prompt.replaceChildren(shown)}function drawActions({stop,hint,actions},state){actions.hidden=
state.final;if(stop.dataset.asked===state.state)return;delete stop.dataset.asked;stop.disabled=!state.stop_hint;say(stop,"Stop watching");say(hint,state.stop_hint)}
function draw(parts,root,state){root.dataset.state=state.state;root.setAttribute("aria-label",`Video task ${state.label}`);say(parts.label,state.label);parts.badge.
hidden=!state.simulated;say(parts.headline,state.headline);say(parts.explanation,state.explanation);list(parts.options,state.options);list(parts.images,state.images);
say(parts.money,[state.money,state.balance].filter(Boolean).join(" · "));say(parts.id,state.task_id);parts.task.hidden=!state.task_id;say(parts.note,state.note);
say(parts.commands,state.final?state.commands.map(([command,does])=>`${command} ${does}`).join("; "):"");parts.warnings.hidden=state.warnings.length===0;parts.warnings.
replaceChildren(...state.warnings.map(words=>make("li","",{dir:"auto"},words)));drawFrame(parts,state);drawPhases(parts,state);drawPrompt(parts,state.prompt);drawActions(
parts,state)}function tickCard(parts,state){const isLate=tick(parts,state.submitted_at_ms,state.estimate_high_s,state.finished_at_ms??void 0);say(parts.estimate,
state.final?"":estimateWords(state.estimate,isLate))}async function copyId({id,copy}){const isCopied=await copyText(id.textContent);if(!isCopied)getSelection()?.
selectAllChildren(id);say(copy,isCopied?"Copied":"Selected")}function render({model,el}){const{root,parts}=skeleton();const end=new AbortController;const state=()=>model.
get("state");const update=()=>{draw(parts,root,state());tickCard(parts,state())};const onClick=(button,clicked)=>button.addEventListener("click",clicked,{signal:end.
signal});onClick(parts.copy,()=>copyId(parts));onClick(parts.stop,()=>{parts.stop.dataset.asked=state().state;parts.stop.disabled=true;say(parts.stop,STOPPING);
say(parts.hint,DELAY);model.send({kind:"stop"})});model.on("change:state",update);const timer=setInterval(()=>tickCard(parts,state()),1e3);update();el.append(root);
return()=>{clearInterval(timer);model.off("change:state",update);end.abort();root.remove()}}var card_default={render};export{card_default as default};
