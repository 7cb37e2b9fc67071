// panel/panel.js 63fa8d07b7bc981b0572d892513213048c6eca1717c945c43b064b01d024796d
var TOLD_MS=8e3;var SVG="http://www.w3.org/2000/svg";var PATHS={close:"M4 4l8 8M12 4l-8 8",more:"M4 6l4 4 4-4",image:"M2.5 3.5h11v9h-11zM4.5 10.5l2.5-3 2 2 1.5-\
1.5 2 2.5M10.5 6h.01",search:"M7 2.5a4.5 4.5 0 100 9 4.5 4.5 0 000-9zM10.3 10.3L14 14",play:"M5 3.5v9l7-4.5z",check:"M3 8.5l3.5 3.5L13 4.5",hide:"M2 8s2.2-4 6-4\
 6 4 6 4-2.2 4-6 4-6-4-6-4zM3 13L13 3",pencil:"M3 13l.7-2.8L11 2.9l2.1 2.1-7.3 7.3zM9.5 4.4l2.1 2.1",copy:"M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",next:"M3 8h9M8.5\
 4l4 4-4 4",reuse:"M13 8a5 5 0 11-1.5-3.6M13 2v3h-3"};function make(tag,className="",attributes={},...children){const element=document.createElement(tag);if(className)
element.className=className;for(const[name,value]of Object.entries(attributes)){if(value!=null&&value!==false)element.setAttribute(name,value===true?"":String(value))}
element.append(...children.filter(child=>child!==null));return element}function say(element,text){const words=text??"";if(element.textContent!==words)element.textContent=
words;element.hidden=words===""}var change=(element,name,value)=>{if(element.getAttribute(name)!==String(value))element.setAttribute(name,String(value))};var foreign=text=>make(
"bdi","",{dir:"auto"},text);var dotted=phrases=>phrases.flatMap((phrase,index)=>index?[" · ",foreign(phrase)]:[foreign(phrase)]);function svg(drawn,side_px,attributes={}){
const[picture,path]=[document.createElementNS(SVG,"svg"),document.createElementNS(SVG,"path")];for(const[key2,value]of Object.entries({viewBox:`0 0 ${side_px} ${side_px}`,
...attributes}))picture.setAttribute(key2,String(value));path.setAttribute("d",drawn);picture.append(path);return picture}var icon=name=>svg(PATHS[name],16,{width:16,
height:16,"aria-hidden":"true",class:"icon"});var sizeWords=bytes=>bytes<1e6?`${Math.max(1,Math.round(bytes/1e3))} kB`:`${(bytes/1e6).toFixed(1)} MB`;async function copyText(text){
try{await navigator.clipboard.writeText(text);return true}catch{return false}}function paced(speak){let[timer,isDue]=[0,false];function hear(){isDue=timer>0;if(isDue)
return;speak();timer=setTimeout(()=>{timer=0;if(isDue)hear()},TOLD_MS)}return{hear,end:()=>clearTimeout(timer)}}var focused=()=>document.activeElement??document.
body;var hit=(event,selector)=>event.target.closest(selector);var childrenOf=element=>[...element.children];var isChord=event=>event.ctrlKey||event.metaKey||event.
altKey;function claim(event){event.preventDefault();event.stopPropagation()}var FIELDS=["image","end_image"];var base=Math.random().toString(36).slice(2,8);var made=0;var uid=word=>{made+=1;return`hailuo-${base}-${word}-${made}`};function list(value){
if(Array.isArray(value))return value.map(String);return String(value??"").split(",").map(one=>one.trim()).filter(Boolean)}var clean=settings=>Object.fromEntries(
Object.entries(settings).filter(([,value])=>value!==void 0&&value!==null&&value!==""&&value!==false&&value.length!==0));var key=settings=>JSON.stringify(Object.
entries(settings).sort());var hasImage=settings=>FIELDS.some(field=>Boolean(settings[field]?.length));function automatic({models,default_model},settings){const short=hasImage(
settings)?default_model.with_image:default_model.without_image;return models.find(model=>model.short===short)??models[0]}function effective(catalogue,settings){
const named=list(settings.model).map(short=>catalogue.models.find(model=>model.short===short)).filter(Boolean);return named.length?named:[automatic(catalogue,settings)]}
function takes(catalogue,settings,field){const{with_image,without_image}=catalogue.default_model;const models=settings.model?effective(catalogue,settings):catalogue.
models.filter(({short})=>short===with_image||short===without_image);return Boolean(settings[field]?.length)||models.some(model=>model[`takes_${field}`])}var values=(models,name)=>[
...new Set(models.flatMap(model=>model.fields[name]??[]))];function standard(models,name){const firsts=new Set(models.map(model=>model.fields[name]?.[0]).filter(
value=>value!==void 0));return firsts.size===1?[...firsts][0]:void 0}function chosen(models,name,settings){const given=list(settings[name]);if(given.length)return given;
return values(models,name).slice(0,1)}var spoken=(option,value)=>option.unit?`${value} ${option.unit}`:value;function refusedBy(model,option,value,settings){const has=model.
fields[option.name];if(!has)return`${model.short} has no setting “${option.label}”.`;if(!has.includes(value))return`${model.short} has no ${option.label.toLowerCase()}\
 ${spoken(option,value)}.`;const pair=(model.not_together??[]).find(entry2=>entry2.values[option.name]===value&&Object.entries(entry2.values).every(([name,other])=>name===
option.name||chosen([model],name,settings).every(one=>one===other)));return pair?.words??""}function refusal(models,option,value,settings){const reasons=models.
map(model=>refusedBy(model,option,value,settings));return reasons.every(Boolean)?reasons[0]??"":""}function fitting(catalogue,settings){const models=effective(catalogue,
settings);const kept2={...settings};const dropped=[];for(const field of FIELDS){if(!kept2[field]?.length||takes(catalogue,{model:settings.model},field))continue;
delete kept2[field];dropped.push(field==="image"?"the start image":"the end image")}for(const option of catalogue.options){if(option.kind!=="choice"&&option.kind!==
"switch"||kept2[option.name]===void 0)continue;const given=list(kept2[option.name]);const fits=given.filter(value=>!refusal(models,option,value,kept2));if(fits.
length===given.length)continue;kept2[option.name]=fits.join(",");const isFixed=value=>models.every(model=>model.fixed?.includes(spoken(option,value)));const lost=given.
filter(value=>!fits.includes(value)&&!isFixed(value));dropped.push(...lost.map(value=>`${option.label.toLowerCase()} ${spoken(option,value)}`))}return{settings:clean(
kept2),dropped}}function rangeWords(option,has){const numbers=has.map(Number);if(has.length>1&&numbers.every(Number.isFinite))return`up to ${spoken(option,String(
Math.max(...numbers)))}`;return has.map(value=>spoken(option,value)).join(" or ")}function modelWords(catalogue,model){const open=catalogue.options.filter(({kind,
place,name})=>kind==="choice"&&place==="main"&&model.fields[name]?.length);return`${model.short}: ${[model.takes_image?"from an image":"from words alone",...open.
map(option=>rangeWords(option,model.fields[option.name])),...model.fixed??[]].join(", ")}`}var charsMax=models=>Math.min(...models.map(model=>model.prompt_chars_max));var small=(words,attributes={})=>make("button","small plain",{type:"button",...attributes},words);function imageField(field,label,image){const id=uid(field);const parts={
name:make("span","legend",{id:`${id}-name`},label),optional:make("span","quiet",{},"optional"),picker:make("input","",{type:"file",accept:image.types.join(","),
hidden:true,tabindex:-1}),drop:make("button","drop",{type:"button","aria-describedby":`${id}-told`},icon("image"),make("span","",{},"Drop, paste or choose an im\
age")),picture:make("img","",{alt:`${label}, as it will be sent`}),words:make("p","quiet",{dir:"auto"}),bar:make("div","bar",{role:"progressbar","aria-label":`S\
ending the ${label.toLowerCase()}`,"aria-valuemin":0,"aria-valuemax":100},make("span")),replace:small("Replace",{"aria-label":`Replace the ${label.toLowerCase()}`}),
remove:small("Remove",{"aria-label":`Remove the ${label.toLowerCase()}`}),cancel:small("Cancel"),trouble:make("p","problem",{dir:"auto",hidden:true}),remedy:make(
"button","small",{type:"button",hidden:true}),told:make("div","said",{id:`${id}-told`,"aria-live":"polite"}),url:small("URL",{"aria-expanded":"false"}),samples:small(
"Samples"),notebook:small("Notebook",{"aria-label":"From the notebook"}),address:make("input","",{type:"url","aria-label":`Address of the ${label.toLowerCase()}`,
placeholder:"https://…",spellcheck:"false",autocomplete:"off"}),take:make("button","small",{type:"button"},"Use it")};parts.facts=make("div","facts",{},parts.
words,parts.bar,make("div","acts",{},parts.replace,parts.remove,parts.cancel));parts.filled=make("div","filled",{hidden:true},parts.picture,parts.facts);parts.typed=
make("div","typed",{hidden:true},parts.address,parts.take);parts.ways=make("div","ways",{},parts.url,parts.samples,parts.notebook);parts.root=make("div","image-\
field",{role:"group",tabindex:-1,"aria-labelledby":`${id}-name`,"data-field":field},make("div","head",{},parts.name,parts.optional),parts.picker,parts.drop,parts.
filled,make("div","said-all",{},make("div","wrong",{"aria-live":"polite"},parts.trouble),parts.remedy,parts.told),parts.ways,parts.typed);return parts}function menu({opener,label,waiting,items,signal}){const list2=make("div","menu",{role:"menu","aria-label":label,hidden:true});let opened=0;opener.setAttribute(
"aria-haspopup","menu");opener.setAttribute("aria-expanded","false");const entries=()=>childrenOf(list2);function close(isKeeping=true){if(list2.hidden)return;const hadFocus=list2.
contains(focused());opened+=1;list2.hidden=true;opener.setAttribute("aria-expanded","false");if(isKeeping&&hadFocus)opener.focus()}function entry2({words,quiet="",
pick}){const button2=make("button","plain",{type:"button",role:"menuitem",tabindex:-1,"aria-disabled":pick?null:"true"},make("bdi","",{dir:"auto"},words),quiet?
make("bdi","quiet",{dir:"auto"},quiet):null);if(pick)button2.addEventListener("click",()=>{close();pick()},{signal});return button2}function fill3(found){const hadFocus=list2.
contains(focused());list2.replaceChildren(...found.map(entry2));if(hadFocus)entries()[0]?.focus()}async function open(){opened+=1;const mine=opened;list2.hidden=
false;opener.setAttribute("aria-expanded","true");fill3([{words:waiting}]);entries()[0].focus();let found;try{found=await items()}catch(error){found=[{words:error.
message}]}if(mine===opened)fill3(found)}opener.addEventListener("click",()=>list2.hidden?open():close(),{signal});list2.addEventListener("keydown",event=>{const[
all,at]=[entries(),entries().indexOf(focused())];const next={ArrowDown:(at+1)%all.length,ArrowUp:(at-1+all.length)%all.length,Home:0,End:all.length-1}[event.key];
if(event.key==="Tab")close();if(event.key==="Escape")close();if(next!==void 0)all[next]?.focus();if(next===void 0&&event.key!=="Escape")return;claim(event)},{signal});
document.addEventListener("pointerdown",event=>{const target=event.target;if(!list2.contains(target)&&!opener.contains(target))close(false)},{signal,capture:true});
list2.addEventListener("focusout",({relatedTarget})=>{const to=relatedTarget;if(to&&to!==opener&&!list2.contains(to))close(false)},{signal});return{root:list2,close}}var QUALITIES=[.92,.85,.75];var SIDE_MAX=8192;var SHRINK=.75;var STEPS=12;var typeWords=type=>type.replace(/^image\//,"").replace("jpeg","JPEG").replace(/^(png|gif|bmp|avif|heic|tiff)$/,
word=>word.toUpperCase()).replace("webp","WebP").replace("svg+xml","SVG");function andWords(words){return words.length<2?words.join(""):`${words.slice(0,-1).join(
", ")} and ${words.at(-1)}`}var limitWords=bytes=>sizeWords(bytes).replace(".0 "," ");function check(file,{types,bytes_max}){if(file.size===0)return{words:`${file.
name} is empty.`,remedy:null};if(!types.includes(file.type)){const isImage=file.type.startsWith("image/");const what=isImage?`a ${typeWords(file.type)} image`:"\
no image that can be used";return{words:`${file.name} is ${what}. The service takes ${andWords(types.map(typeWords))}.`,remedy:isImage?"Make it a JPEG":null}}if(file.
size>bytes_max){return{words:`${file.name} is ${sizeWords(file.size)}. The service takes up to ${limitWords(bytes_max)}.`,remedy:"Make it smaller (JPEG)"}}return null}
function encoded(bitmap,scale,quality){const canvas=document.createElement("canvas");canvas.width=Math.max(1,Math.round(bitmap.width*scale));canvas.height=Math.
max(1,Math.round(bitmap.height*scale));const context=canvas.getContext("2d");context.fillStyle="#fff";context.fillRect(0,0,canvas.width,canvas.height);context.drawImage(
bitmap,0,0,canvas.width,canvas.height);return new Promise(done=>canvas.toBlob(done,"image/jpeg",quality))}async function smaller(file,bytes_max){let bitmap;try{
bitmap=await createImageBitmap(file)}catch{throw new Error(`This browser cannot read ${file.name}. Save it as JPEG or PNG elsewhere, then try again.`)}try{let scale=Math.
min(1,SIDE_MAX/Math.max(bitmap.width,bitmap.height));for(let step=0;step<STEPS;step+=1){const blob=await encoded(bitmap,scale,QUALITIES[Math.min(step,QUALITIES.
length-1)]);if(blob&&blob.size<=bytes_max)return new File([blob],file.name.replace(/(\.\w+)?$/,".jpg"),{type:"image/jpeg"});if(step>=QUALITIES.length-1)scale*=SHRINK}}finally{
bitmap.close()}throw new Error(`${file.name} could not be made small enough.`)}async function send(wire,field,file,piece_bytes,{signal,onShare}){const parts=Math.
max(1,Math.ceil(file.size/piece_bytes));for(let part=0;part<parts;part+=1){const bytes=await file.slice(part*piece_bytes,(part+1)*piece_bytes).arrayBuffer();if(signal.
aborted)return;const{unfit}=await wire.ask({kind:"piece",field,name:file.name,type:file.type,size:file.size,part,parts},[new DataView(bytes)]);if(unfit)return unfit;
onShare((part+1)/parts)}}function frames(wire,field,label){const{image,samples}=wire.get("catalogue");const{signal}=wire;const parts=imageField(field,label,image);const{root}=parts;let task=null;
let problems=[];let file_again=null;const on=(element,event,does)=>element.addEventListener(event,does,{signal});const current=()=>wire.get("frames")?.[field]??
null;function keepingFocus(change2){const had=focused();const isInside=root.contains(had);change2();if(!isInside||had!==root&&root.contains(focused())&&had.checkVisibility())
return;([parts.cancel,parts.remedy,parts.drop,parts.replace].find(button2=>button2.checkVisibility())??root).focus()}function frameWords(frame){if(!frame)return"";
const isNamed=Boolean(frame.thumbnail)||frame.words===frame.source;return`${isNamed?"":`${frame.source}: `}${frame.words.replaceAll(" · "," · ")}`}function draw2(){
const frame=current();const source=task?.preview??(task?null:frame?.thumbnail);keepingFocus(()=>{root.dataset.state=task?"busy":frame?"filled":"empty";parts.drop.
hidden=Boolean(task||frame);parts.filled.hidden=!task&&!frame;parts.picture.hidden=!source;if(source&&parts.picture.getAttribute("src")!==source)parts.picture.src=
source;if(!source)parts.picture.removeAttribute("src");say(parts.words,task?task.words:frameWords(frame));parts.bar.hidden=!task;for(const button2 of[parts.replace,
parts.remove])button2.hidden=Boolean(task);parts.cancel.hidden=!task?.canCancel;parts.ways.hidden=Boolean(task)});progress();tell(frame)}function progress(){const percent=Math.
round(100*(task?.share??0));parts.bar.classList.toggle("unknown",task!==null&&task.share===null);parts.bar.firstChild.style.width=`${percent}%`;if(task&&task.share!==
null)parts.bar.setAttribute("aria-valuenow",String(percent));else parts.bar.removeAttribute("aria-valuenow")}function tell(frame){const wrong=[...new Set([...task?
[]:frame?.problems??[],...problems])];const lines=[...wrong.map(words=>["problem",words]),...(task?[]:frame?.notes??[]).map(words=>["hint",words])];const key2=JSON.
stringify(lines);if(parts.told.dataset.key===key2)return;parts.told.dataset.key=key2;parts.told.replaceChildren(...lines.map(([kind,words])=>make("p",kind,{dir:"\
auto"},words)))}function trouble(words,remedy="",does=null){keepingFocus(()=>{say(parts.trouble,words&&current()?`${words} The image above stays.`:words);say(parts.
remedy,remedy);file_again=does})}async function working(words,preview2,does,canCancel=true){task?.end.abort();const end=new AbortController;const mine={end,words,
share:null,preview:preview2,canCancel};task=mine;trouble("");draw2();try{await does(mine)}catch(error){if(!end.signal.aborted)trouble(error.message,"Retry",()=>working(
words,null,does,canCancel))}if(preview2)URL.revokeObjectURL(preview2);if(task!==mine)return;task=null;draw2()}function take(file){const wrong=check(file,image);
if(wrong){task?.end.abort();trouble(wrong.words,wrong.remedy??"",wrong.remedy?()=>makeSmaller(file):null);return}const start=()=>working(`Sending ${file.name}`,
URL.createObjectURL(file),async mine=>{mine.share=0;progress();try{const unfit=await send(wire,field,file,image.piece_bytes,{signal:mine.end.signal,onShare:share=>{
mine.share=share;if(task===mine)progress()}});if(unfit&&!mine.end.signal.aborted)trouble(unfit)}catch(error){if(!mine.end.signal.aborted)trouble(`${file.name} d\
id not arrive: ${error.message}`,"Retry",start)}});start()}function makeSmaller(file){let less=null;working("Making it smaller…",URL.createObjectURL(file),async mine=>{
const made2=await smaller(file,image.bytes_max);if(!mine.end.signal.aborted)less=made2}).then(()=>{if(less)take(less)})}function use(source){const[words,preview2]=source?
["Fetching the image…",null]:["Removing…",current()?.thumbnail];working(words,preview2,()=>wire.ask({kind:"source",field,source}),false)}function takeAll(files){
take(files[0]);if(files.length>1&&parts.trouble.hidden)wire.tell(`Only ${files[0].name} was taken: a field holds one image.`)}function receive(data){const files=[
...data?.files??[]];const address=data?.getData("text/uri-list").split("\n").find(line=>/^https?:/.test(line));if(files.length)takeAll(files);else if(address)use(
address.trim());return files.length>0||Boolean(address)}const openUrl=isOpen=>{parts.typed.hidden=!isOpen;parts.url.setAttribute("aria-expanded",String(isOpen));
(isOpen?parts.address:parts.url).focus()};const useAddress=()=>{const address=parts.address.value.trim();if(!address)return;parts.address.value="";openUrl(false);
use(address)};on(parts.drop,"click",()=>parts.picker.click());on(parts.replace,"click",()=>parts.picker.click());on(parts.remove,"click",()=>use(""));on(parts.cancel,
"click",()=>{const end=task?.end;task=null;end?.abort();draw2()});on(parts.remedy,"click",()=>file_again?.());on(parts.picker,"change",()=>{takeAll([...parts.picker.
files??[]]);parts.picker.value=""});on(parts.url,"click",()=>openUrl(parts.typed.hidden));on(parts.take,"click",useAddress);on(parts.typed,"keydown",event=>{const isSending=event.
key==="Enter"&&event.target===parts.address&&!event.ctrlKey&&!event.metaKey;if(!isSending&&event.key!=="Escape")return;claim(event);if(isSending)useAddress();else
openUrl(false)});let inside=0;on(root,"dragenter",event=>{event.preventDefault();inside+=1;root.classList.add("over")});on(root,"dragleave",()=>{inside-=1;if(inside<=
0)root.classList.remove("over")});on(root,"dragover",event=>{event.preventDefault();event.dataTransfer.dropEffect="copy"});on(root,"drop",event=>{claim(event);inside=
0;root.classList.remove("over");if(!receive(event.dataTransfer))trouble("What was dropped is no image file.")});on(root,"paste",event=>{const files=[...event.clipboardData?.
files??[]];if(!files.length)return;claim(event);takeAll(files)});const menus=[menu({opener:parts.samples,label:"Samples",waiting:"…",signal,items:()=>samples.
map(source=>({words:source.replace(/^sample:/,""),pick:()=>use(source)}))}),menu({opener:parts.notebook,label:"Images of the notebook",waiting:"Looking…",signal,
items:async()=>{const{sources}=await wire.ask({kind:"sources"});if(!sources.length)return[{words:"No images among the notebook's variables yet."}];return sources.
map(({source,words})=>({words:source,quiet:words,pick:()=>use(source)}))}})];parts.ways.append(...menus.map(one=>one.root));let drawn=JSON.stringify(current());
wire.on("frames",()=>{const now=JSON.stringify(current());if(now===drawn)return;drawn=now;if(!task)trouble("");draw2()});signal.addEventListener("abort",()=>task?.
end.abort(),{once:true});draw2();return{root,receive,takeAll,look({shown,needed,problems:said=[]}){root.hidden=!shown;parts.optional.hidden=needed;problems=said;
tell(current())}}}var HOW="Choose two or more: each makes a clip of its own.";function chips({name,label,canCompare,single:single2=null,help="",pick,signal}){const id=uid(name);const parts={
name:make(single2?"label":"span","legend",{id:`${id}-name`,for:single2?`${id}-one`:null,title:help||null},label),group:make("div","values",{role:"group","aria-l\
abelledby":`${id}-name`}),compare:make("button","small plain compare",{type:"button","aria-pressed":"false",title:`Compare several: ${label.toLowerCase()}`},"Co\
mpare",make("span","spoken",{},` several: ${label.toLowerCase()}`)),how:make("p","quiet",{hidden:true}),why:make("p","quiet why",{id:`${id}-why`,dir:"auto",hidden:true}),
problem:make("p","problem",{id:`${id}-problem`,dir:"auto",hidden:true})};if(single2)single2.id=`${id}-one`;const described=`${id}-why ${id}-problem`;(single2??parts.
group).setAttribute("aria-describedby",described);const root=make("div","row",{"data-option":name},parts.name,make("div","choice",{},single2,parts.group,parts.compare),
make("div","said",{},parts.how,parts.why,parts.problem));let isComparing=false;let now={values:[],chosen:[],text:String,why:()=>""};const isMany=()=>isComparing||
now.chosen.length>1;const chip=value=>childrenOf(parts.group).find(one=>one.dataset.value===value);function press(value,isAdding){const isOn=now.chosen.includes(
value);if(now.why(value)&&!isOn)return;if(isAdding)isComparing=true;const wanted=isMany()?isOn?now.chosen.filter(one=>one!==value):[...now.chosen,value]:[value];
if(wanted.length)pick(now.values.filter(one=>wanted.includes(one)),{isLone:!isMany()});draw2(now)}function toggle(){isComparing=!isMany();if(!isComparing&&now.chosen.
length>1)pick(now.chosen.slice(0,1),{isLone:true});draw2(now)}function makeChips(values2){if(JSON.stringify(childrenOf(parts.group).map(one=>one.dataset.value))===
JSON.stringify(values2))return;const had=parts.group.contains(focused())?focused().dataset.value:void 0;parts.group.replaceChildren(...values2.map(value=>make("\
button","chip",{type:"button","data-value":value})));if(had!==void 0)(chip(had)??childrenOf(parts.group)[0])?.focus()}function draw2(next){now=next;makeChips(now.
values);const isOpen=isMany();const reasons=[];for(const one of childrenOf(parts.group)){const{value=""}=one.dataset;const why=now.why(value);const isOn=now.chosen.
includes(value);if(why)reasons.push(why);say(one,now.text(value));one.setAttribute("aria-pressed",String(isOn));one.ariaDisabled=why&&!isOn?"true":null;one.title=
why;if(why)one.setAttribute("aria-describedby",`${id}-why`);else one.removeAttribute("aria-describedby")}if(single2){single2.hidden=isOpen;parts.group.hidden=!isOpen}
parts.compare.hidden=!canCompare||now.values.length<2&&!isOpen;parts.compare.setAttribute("aria-pressed",String(isOpen));say(parts.how,isOpen&&now.chosen.length<
2?HOW:"");say(parts.why,[...new Set(reasons)].join(" "))}parts.group.addEventListener("click",event=>{const one=hit(event,".chip");if(one)press(one.dataset.value??
"",canCompare&&(event.shiftKey||event.ctrlKey||event.metaKey))},{signal});parts.compare.addEventListener("click",toggle,{signal});return{root,draw:draw2,isMany,
problem:words=>{say(parts.problem,words);(single2??parts.group).toggleAttribute("data-wrong",Boolean(words))}}}var NAME={name:"name",label:"Name",kind:"text",place:"more",help:"becomes the notebook's variable for the finished task"};var BAD_NAME="Use letters, digits and \
_ only, with no digit first.";var isName=words=>words===""||/^[\p{L}_][\p{L}\p{N}_]*$/u.test(words);var nameTrouble=(words,{keywords=[]})=>keywords.includes(words)?
`${words} is a word of Python's own: use another.`:isName(words)?"":BAD_NAME;function keeper(wire,touched){let typed={};const said=()=>wire.get("settings")??{};
const current=()=>clean({...said(),...typed});wire.on("settings",()=>{const mine=current();const isTold=Object.keys(typed).every(name=>JSON.stringify(said()[name])===
JSON.stringify(mine[name]));if(isTold)typed={};else wire.later("settings",mine)});return{current,isTyping:()=>Object.keys(typed).length>0,type(changes){typed={...typed,
...changes};touched();wire.later("settings",current())},put(changes){const next=clean({...current(),...changes});const isSame=key(next)===key(said());typed={};if(isSame)
return;touched();wire.set("settings",next)},replace(next){typed={};touched();wire.set("settings",next)}}}function textField(option,keep,signal,catalogue){const id=uid(
option.name);const input=make("input","",{id,type:"text",autocomplete:"off",spellcheck:"false","aria-describedby":`${id}-help ${id}-problem`});const problem=make(
"p","problem",{id:`${id}-problem`,dir:"auto",hidden:true});const root=make("div","row",{"data-option":option.name},make("label","legend",{for:id},option.label),
input,make("div","said",{},make("p","quiet",{id:`${id}-help`},option.help),problem));let said="";const judge=()=>{const words=said||(option===NAME?nameTrouble(input.
value.trim(),catalogue):"");say(problem,words);input.setAttribute("aria-invalid",String(Boolean(words)))};input.addEventListener("input",()=>{keep.type({[option.
name]:input.value.trim()});judge()},{signal});return{root,draw(settings){const value=String(settings[option.name]??"");if(value!==input.value.trim())input.value=
value;judge()},problem:words=>{said=words;judge()}}}function flagBox(option,keep,signal){const id=uid(option.name);const box=make("input","",{id,type:"checkbox",
"aria-describedby":`${id}-help ${id}-problem`});const problem=make("p","problem",{id:`${id}-problem`,dir:"auto",hidden:true});const root=make("div","row flag",{
"data-option":option.name},box,make("label","legend",{for:id},option.label),make("div","said",{},make("p","quiet",{id:`${id}-help`},option.help),problem));box.addEventListener(
"change",()=>keep.put({[option.name]:box.checked}),{signal});return{root,draw:settings=>{box.checked=Boolean(settings[option.name])},problem:words=>say(problem,
words)}}function valueRow(option,keep,signal,catalogue){const models=()=>effective(catalogue,keep.current());const row=chips({name:option.name,label:option.label,
help:option.help,canCompare:option.several==="commas",signal,pick(values2,{isLone}){const isStandard=isLone&&values2[0]===standard(models(),option.name);const isForeign=values(
models(),option.name).length===0;keep.put({[option.name]:isStandard||isForeign?void 0:values2.join(",")})}});return{...row,draw(settings){const has=values(models(),
option.name);const given=list(settings[option.name]);row.root.hidden=has.length===0&&given.length===0;row.draw({values:[...new Set([...has,...given])],chosen:chosen(
models(),option.name,settings),text:value=>spoken(option,value),why:value=>refusal(models(),option,value,settings)})}}}function modelRow(keep,signal,catalogue){
const select=make("select");const lost=make("p","quiet",{role:"status"});let lostFrom="";const choose=model=>{const{settings,dropped}=fitting(catalogue,{...keep.
current(),model});keep.replace(settings);lostFrom=key(settings);say(lost,dropped.length?`Left out, as ${model||"the automatic choice"} has no such thing: ${dropped.
join(", ")}.`:"")};const row=chips({name:"model",label:"Model",canCompare:true,single:select,signal,pick:values2=>choose(values2.join(","))});row.root.append(lost);
say(lost,"");select.append(make("option","",{value:""}),...catalogue.models.map(model=>make("option","",{value:model.short},modelWords(catalogue,model))));select.
addEventListener("change",()=>choose(select.value||void 0),{signal});return{...row,settle:()=>say(lost,""),draw(settings){if(key(settings)!==lostFrom)say(lost,"");
const automatic2=automatic(catalogue,settings).short;select.options[0].textContent=`Automatic (${automatic2})`;select.value=list(settings.model).length===1?settings.
model:"";row.draw({values:catalogue.models.map(({short})=>short),chosen:list(settings.model).length?list(settings.model):[automatic2],text:String,why:()=>""})}}}
function options(wire,touched){const catalogue=wire.get("catalogue");const{signal}=wire;const keep=keeper(wire,touched);const made2={choice:valueRow,switch:valueRow,
text:textField,flag:flagBox};const shown=[NAME,...catalogue.options.filter(({name})=>name!==NAME.name)].filter(({kind})=>kind in made2);const rows=new Map([["mo\
del",modelRow(keep,signal,catalogue)]]);for(const option of shown)rows.set(option.name,made2[option.kind](option,keep,signal,catalogue));const at=place=>shown.filter(
option=>option.place===place).map(({name})=>rows.get(name).root);const count=make("span","quiet");const more=make("details","rest",{},make("summary","",{},"More\
 options ",count),...at("more"));const root=make("div","options",{},rows.get("model").root,...at("main"),more);function draw2(){const settings=keep.current();for(const row of rows.
values())row.draw(settings);const set=shown.filter(({place,name})=>place==="more"&&settings[name]!==void 0).length;say(count,set?`${set} set`:"")}wire.on("setti\
ngs",draw2);draw2();return{root,draw:draw2,settings:keep.current,isTyping:keep.isTyping,has:name=>rows.has(name),settle:rows.get("model").settle,problems(words){
for(const[name,row]of rows)row.problem(words.get(name)??"");if(shown.some(({place,name})=>place==="more"&&words.has(name)))more.open=true}}}var STALE_MS=150;var GIVE_UP_MS=3e3;var COPIED_MS=2e3;var SENDING="Sending…";var paragraphs=(kind,words)=>words.map(one=>make("p",kind,{dir:"auto"},one));function fill(element,key2,children){
if(element.dataset.key===key2)return;element.dataset.key=key2;element.replaceChildren(...children());element.hidden=element.classList.contains("said")&&element.
childElementCount===0}function skeleton(){const id=uid("price");const parts={lines:make("ul","lines",{id:`${id}-lines`}),go:make("button","primary go",{type:"bu\
tton"}),again:make("button","again",{type:"button",hidden:true}),back:make("button","small plain back",{type:"button",hidden:true},"Not now"),confirm:make("p","\
hint",{dir:"auto",hidden:true}),outcome:make("p","outcome",{dir:"auto",hidden:true}),problems:make("div","said"),notes:make("div","said"),cell:make("button","sm\
all plain",{type:"button","data-as":"cell"}),python:make("button","small plain",{type:"button","data-as":"python"}),spoken:make("span","spoken",{role:"status"}),
text:make("textarea","copied",{readonly:true,rows:4,"aria-label":"The text to copy",spellcheck:"false",hidden:true})};parts.said=make("div","said",{id:`${id}-sa\
id`,"aria-live":"polite"},parts.confirm,parts.outcome,parts.problems,parts.notes);parts.root=make("div","price",{"data-state":"ready"},parts.lines,parts.go,parts.
again,parts.said,parts.back,make("div","copies",{},parts.cell,parts.python,parts.spoken),parts.text);parts.cell.append(icon("copy"),make("span","",{},"Copy as c\
ell"));parts.python.append(icon("copy"),make("span","",{},"Copy as Python"));return parts}function price(wire,{read,form,isTyping,placed,isQuiet,made:made2}){const parts=skeleton();
const{signal}=wire;const timers={};let rows=1;let[isStale,isLate,isVoid,isSending,sentTurn]=[false,false,false,false,null];let confirming=null;const told=()=>wire.
get("quote")??{};const quote=()=>isVoid?{turn:told().turn,due:0,credits:0}:told();const keyOf=({prompt,settings})=>JSON.stringify([prompt,key(settings)]);const toldForm=()=>keyOf(
{prompt:wire.get("prompt")??"",settings:clean(wire.get("settings")??{})});let quoted=toldForm();const confirmOf=which=>({go:quote().confirm,again:quote().again?.
confirm})[which]??null;const on=(element,event,does)=>element.addEventListener(event,does,{signal});const goWords=()=>{if(isSending)return SENDING;const{button:button2="\
Generate"}=quote();if(confirmOf(confirming))return confirmOf(confirming).button;if(isVoid)return"Generate …";return isLate?`${button2.split(", ")[0].replace(/\d[\d.,]*/g,
"…")}, …`:button2};function draw2(){const{clips=0,can_send=false,again,lines=[],problems=[],notes=[]}=quote();const confirm=confirming&&confirmOf(confirming);
const isShown=Boolean(confirm)&&!isSending;const isBlocked=isSending||!can_send&&!isStale;parts.root.dataset.state=isSending?"sending":isShown?"confirm":isLate?
"stale":"ready";const isEmpty=isQuiet()&&lines.length===0;const shown=isEmpty?notes:lines;fill(parts.lines,JSON.stringify(shown),()=>shown.map(line=>make("li","",
{dir:"auto"},line)));parts.go.setAttribute("aria-describedby",isEmpty?`${parts.lines.id} ${parts.said.id}`:parts.said.id);parts.lines.toggleAttribute("data-pric\
ed",clips>0);rows=Math.max(rows,shown.length);parts.lines.style.minHeight=`${rows}lh`;say(parts.go,goWords());parts.go.ariaDisabled=isBlocked?"true":null;say(parts.
again,again&&!isShown?again.button:"");parts.again.ariaDisabled=isSending?"true":null;say(parts.confirm,isShown?confirm.words:"");if(!isShown&&document.activeElement===
parts.back)parts.go.focus();parts.back.hidden=!isShown;const here=problems.filter(({field})=>!placed(field)).map(({words})=>words);const elsewhere=problems.length>
here.length&&!can_send?["Not yet: see the words marked above."]:[];fill(parts.problems,JSON.stringify([here,elsewhere,isQuiet()]),()=>[...paragraphs(isQuiet()?"\
quiet":"problem",here),...paragraphs("quiet",elsewhere)]);fill(parts.notes,JSON.stringify([notes,isEmpty]),()=>isEmpty?[]:paragraphs("hint",notes))}function fresh(){
clearTimeout(timers.late);clearTimeout(timers.given);[isStale,isLate,isVoid]=[false,false,false];draw2()}function giveUp(){if(keyOf(form())===quoted)return fresh();
isVoid=true;draw2()}function touched(){confirming=null;isStale=true;say(parts.outcome,"");clearTimeout(timers.given);timers.given=setTimeout(giveUp,GIVE_UP_MS);
if(!isLate){clearTimeout(timers.late);timers.late=setTimeout(()=>{isLate=isStale;draw2()},STALE_MS)}draw2()}function outcome(words,level){say(parts.outcome,words);
parts.outcome.className=`outcome ${level==="error"?"problem":"hint"}`;if(level==="error")wire.tell(words,"error")}async function send2(isAgain){const{turn,due,credits,
clips,again}=quote();const seen=isAgain?{due:again.due??clips,credits:again.credits}:{due,credits};const confirmed=confirming!==null;[isSending,confirming]=[true,
null];wire.tell("");outcome("");draw2();try{const answer=await wire.ask({kind:"generate",turn,...read(),seen,confirmed,again:isAgain});if(!answer.changed)sentTurn=
turn;if(answer.changed)outcome(answer.words,"");else made2(answer)}catch(error){outcome(error.message,"error")}isSending=false;draw2()}function press(wantsAgain=false){
if(isSending)return;read();const isAgain=wantsAgain||confirming==="again";const{turn,can_send,again}=quote();const which=isAgain?"again":"go";if(turn!==void 0&&
turn===sentTurn)return;if(isAgain?!again:!can_send&&!isStale)return;if(confirmOf(which)&&confirming!==which){confirming=which;draw2();if(isAgain)parts.go.focus();
return}send2(isAgain)}async function copy({currentTarget:button2}){const words=button2.lastChild;words.dataset.words??=words.textContent;try{const{text}=await wire.
ask({kind:"copy",as:button2.dataset.as,...read()});parts.text.value=text;parts.text.hidden=await copyText(text);say(words,parts.text.hidden?"Copied":"Copy the s\
elected text below");say(parts.spoken,words.textContent);if(!parts.text.hidden){parts.text.focus();parts.text.select()}}catch(error){outcome(error.message,"erro\
r")}clearTimeout(timers[button2.dataset.as]);timers[button2.dataset.as]=setTimeout(()=>{say(words,words.dataset.words);say(parts.spoken,"")},COPIED_MS)}const clicked=isAgain=>({
detail})=>{if(detail<2)press(isAgain)};for(const[button2,isAgain]of[[parts.go,false],[parts.again,true]]){on(button2,"click",clicked(isAgain));on(button2,"keydo\
wn",event=>{if(event.repeat&&(event.key==="Enter"||event.key===" "))event.preventDefault()})}const goBack=()=>{confirming=null;draw2()};on(parts.back,"click",()=>{
goBack();parts.go.focus()});for(const button2 of[parts.cell,parts.python])on(button2,"click",copy);wire.on("quote",()=>{confirming=null;quoted=toldForm();if(isTyping())
draw2();else fresh()});signal.addEventListener("abort",()=>Object.values(timers).forEach(clearTimeout),{once:true});draw2();return{root:parts.root,press,touched,
draw:draw2,back(){const was=confirming!==null;goBack();return was}}}var SHOWN=3;var NARROW_PX=560;function insert(area,words){area.focus();const before=area.value;if(document.execCommand("insertText",false,words)&&area.value!==before)
return;area.setRangeText(words,area.selectionStart,area.selectionEnd,"end");area.dispatchEvent(new Event("input",{bubbles:true}))}function cameraRow(cameras,area,signal){
const buttons=cameras.map(({name,does})=>make("button","small camera",{type:"button",title:does,"data-name":name},name));const more=make("button","small plain f\
old",{type:"button","aria-expanded":"false",hidden:true});const row=make("div","cameras",{role:"group","aria-label":"Camera commands"},...buttons,more);let[isOpen,
width_px]=[false,0];function fold(){for(const button2 of buttons)button2.hidden=false;const isNarrow=width_px>0&&width_px<NARROW_PX;more.hidden=!isNarrow;say(more,
isOpen?"Fewer":`All ${buttons.length}`);more.setAttribute("aria-expanded",String(isOpen));more.hidden=!isNarrow;if(!isNarrow||isOpen)return;for(let last=buttons.
length-1;last>0&&more.offsetTop>buttons[0].offsetTop;last-=1)buttons[last].hidden=true}row.addEventListener("mousedown",event=>{if(hit(event,".camera"))event.preventDefault()},
{signal});row.addEventListener("click",event=>{const{name}=hit(event,".camera")?.dataset??{};if(!name)return;const before=area.value.slice(0,area.selectionStart);
insert(area,`${before&&!/[\s{|]$/.test(before)?" ":""}[${name}] `)},{signal});more.addEventListener("click",()=>{isOpen=!isOpen;fold()},{signal});const observer=new ResizeObserver(
([{contentRect}])=>{if(Math.round(contentRect.width)===width_px)return;width_px=Math.round(contentRect.width);fold()});observer.observe(row);signal.addEventListener(
"abort",()=>observer.disconnect(),{once:true});return row}var entry=({label,text})=>make("li","",{},label?make("strong","",{},foreign(label)):null,make("p","",{
dir:"auto"},text));function preview(){const parts={title:make("summary"),first:make("ol"),rest:make("ol"),more:make("summary"),others:make("p","quiet"),left:make(
"ul","left-out")};parts.fold=make("details","",{hidden:true},parts.more,parts.rest);parts.made=make("details","made",{open:true,hidden:true},parts.title,parts.first,
parts.fold,parts.others);parts.out=make("details","made",{open:true,hidden:true},make("summary","",{},"Left out"),parts.left);let drawn="";function draw2({prompts:made2=[],
more_prompts=0,left_out=[]}){const key2=JSON.stringify([made2,more_prompts,left_out]);if(key2===drawn)return;drawn=key2;parts.made.hidden=made2.length<2;say(parts.
title,`Makes ${made2.length+more_prompts} prompts`);parts.first.replaceChildren(...made2.slice(0,SHOWN).map(entry));parts.rest.replaceChildren(...made2.slice(SHOWN).
map(entry));say(parts.more,`${Math.max(0,made2.length-SHOWN)} more`);parts.fold.hidden=made2.length<=SHOWN;say(parts.others,more_prompts?`and ${more_prompts} ot\
hers`:"");parts.out.hidden=left_out.length===0;parts.left.replaceChildren(...left_out.map(([label,reason])=>make("li","",{},make("strong","",{},foreign(label)),
" ",foreign(reason))))}return{roots:[parts.made,parts.out],draw:draw2}}function prompts(wire,{limit,touched,changed}){const id=uid("prompt");const{signal}=wire;
const parts={area:make("textarea","",{id,rows:4,spellcheck:"true",dir:"auto","aria-describedby":`${id}-count ${id}-how ${id}-problem`,placeholder:"What should h\
appen? For example: A paper boat drifts down a rainy street."}),count:make("span","quiet count",{id:`${id}-count`}),how:make("p","quiet how",{id:`${id}-how`}),problem:make(
"p","problem",{id:`${id}-problem`,dir:"auto",hidden:true})};parts.how.append(make("code","",{},"{slow|fast}")," tries both; a line ",make("code","",{},"---")," \
starts another prompt.");const seen=preview();const{area}=parts;let isMine=false;let said=[];const root=make("div","script",{},make("div","head",{},make("label",
"legend",{for:id},"Prompt"),parts.count),area,make("div","said",{"aria-live":"polite"},parts.problem),cameraRow(wire.get("catalogue").cameras,area,signal),parts.
how,...seen.roots);function grow(){if(CSS.supports("field-sizing","content"))return;area.style.height="auto";area.style.height=`${area.scrollHeight+2}px`}function count(){
const quote=wire.get("quote")??{};const isMade=quote.prompts?.length>1||area.value.includes("{{");const chars=isMade&&quote.chars!==void 0?quote.chars:[...area.
value].length;const max=limit();const over=chars-max;say(parts.count,`${isMade?"longest ":""}${chars} / ${max}${over>0?`, ${over} too many`:""}`);parts.count.classList.
toggle("over",over>0);const words=said.length?said.join(" "):over>0?`The prompt is ${over} characters too long for this model.`:"";say(parts.problem,words);area.
setAttribute("aria-invalid",String(Boolean(words)))}function follow(){const told=wire.get("prompt")??"";if(isMine&&told!==area.value)return;isMine=false;if(area.
value!==told)area.value=told;grow();count()}area.addEventListener("input",()=>{isMine=area.value!==wire.get("prompt");touched();wire.later("prompt",area.value);
grow();count()},{signal});area.addEventListener("blur",wire.flush,{signal});wire.on("prompt",()=>{follow();changed()});wire.on("quote",()=>{seen.draw(wire.get("\
quote"));count()});follow();seen.draw(wire.get("quote")??{});return{root,area,count,text:()=>area.value,isTyping:()=>isMine,problems(words){said=words;count()}}}function composer(wire,made2){const catalogue=wire.get("catalogue");const{signal}=wire;const late={};const touched=()=>late.price?.touched();const changed=()=>late.
price?.back();const settings=()=>late.options?.settings()??wire.get("settings")??{};const limit=()=>charsMax(effective(catalogue,settings()));const prompt=prompts(
wire,{limit,touched,changed});const images={image:frames(wire,"image","Start image"),end_image:frames(wire,"end_image","End image")};const fields=make("div","fr\
ames",{},...Object.values(images).map(image=>image.root));late.options=options(wire,touched);const isShown=field=>takes(catalogue,settings(),field);const isBegun=()=>prompt.
text()!=="";const placed=field=>field==="prompt"&&isBegun()||late.options.has(field)||field in images&&isShown(field);const form=()=>({prompt:prompt.text(),settings:settings()});
const read=()=>{wire.flush();return form()};const isTyping=()=>prompt.isTyping()||late.options.isTyping();late.price=price(wire,{read,form,placed,isTyping,isQuiet:()=>!isBegun(),
made(answer){late.options.settle();made2(answer)}});const root=make("div","composer",{role:"region","aria-label":"Compose"},make("div","composing",{},prompt.root,
fields,late.options.root,late.price.root));function arrange(){const problems=wire.get("quote")?.problems??[];const of=name=>problems.filter(({field})=>field===name).
map(({words})=>words);const isNeeded=Boolean(settings().model)&&effective(catalogue,settings()).every(model=>model.takes_image);for(const[field,{look}]of Object.
entries(images)){look({shown:isShown(field),needed:field==="image"&&isNeeded,problems:of(field)})}fields.hidden=!Object.keys(images).some(isShown);prompt.problems(
isBegun()?of("prompt"):[]);late.options.problems(new Map(problems.filter(({field})=>late.options.has(field)).map(({field})=>[field,of(field).join(" ")])));late.
price.draw()}const receiver=()=>Object.entries(images).find(([field])=>isShown(field))?.[1];prompt.area.addEventListener("paste",event=>{const data=event.clipboardData;
if(!data?.files.length||data.getData("text/plain")||!receiver())return;event.preventDefault();receiver()?.takeAll([...data.files])},{signal});root.addEventListener(
"dragover",event=>{if(event.dataTransfer?.types.includes("Files"))event.preventDefault()},{signal});root.addEventListener("drop",event=>{if(!event.dataTransfer?.
files.length)return;event.preventDefault();receiver()?.receive(event.dataTransfer)},{signal});root.addEventListener("keydown",event=>{if(event.key==="Escape"&&late.
price.back())event.stopPropagation()},{signal});wire.on("settings",()=>{changed();arrange()});wire.on("quote",arrange);arrange();return{root,generate:()=>late.price.
press(),focus:()=>prompt.area.focus()}}var FPS=24;var SPEEDS=[.25,.5,1,1.5,2];var HALF_S=.5/FPS;var frameAt=time_s=>Math.floor(time_s*FPS+.01);var middleOf=frame=>(frame+.5)/FPS;var within=(value,least,most)=>Math.
min(Math.max(value,least),most);var canSeek=({seekable})=>seekable.length>0&&seekable.end(seekable.length-1)>0;function hasSound(video){const{audioTracks,mozHasAudio,
webkitAudioDecodedByteCount}=video;return Boolean(audioTracks?.length||mozHasAudio||webkitAudioDecodedByteCount)}var addresses=new WeakMap;async function holdCopy(video,signal){
const address=video.getAttribute("src")??"";addresses.set(video,address);const reply=await fetch(video.src,{cache:"no-store"});const copy=await reply.blob();if(!signal.
aborted)video.src=URL.createObjectURL(copy)}var isHeld=video=>addresses.has(video);function letGo(video){const address=addresses.get(video);addresses.delete(video);
if(address===void 0||video.getAttribute("src")===address)return;URL.revokeObjectURL(video.src);video.setAttribute("src",address)}var KEYS={" ":deck=>deck.toggle(),
k:deck=>deck.toggle(),",":deck=>deck.step(-1),ArrowLeft:deck=>deck.step(-1),".":deck=>deck.step(1),ArrowRight:deck=>deck.step(1),j:deck=>deck.seek(deck.time()-1),
l:deck=>deck.seek(deck.time()+1),Home:deck=>deck.seek(0),End:deck=>deck.seek(deck.length()),"-":deck=>deck.accelerate(-1),"[":deck=>deck.accelerate(-1),"+":deck=>deck.
accelerate(1),"]":deck=>deck.accelerate(1),r:deck=>deck.loop(),m:deck=>deck.sound(),f:deck=>deck.full()};var SHIFTED={ArrowLeft:"j",ArrowRight:"l"};function pressKey(event,deck,own={}){
const target=event.target;const name=event.key.length===1?event.key.toLowerCase():event.key;const isTaken=target.closest("select,textarea,[contenteditable]")||name===
" "&&target.closest("button,summary,a,.pick")||name.startsWith("Arrow")&&target.matches("[role=region]")||/^(Arrow|Home|End)/.test(name)&&target.matches("video[\
controls]");if(isTaken||isChord(event))return;const tenth=/^\d$/.test(name)&&(()=>deck.seek(deck.length()*Number(name)/10));const common=KEYS[event.shiftKey&&SHIFTED[name]||
name];const does=tenth||own[name]||common&&(()=>common(deck));if(!does)return;claim(event);does()}async function ready(video,signal){const loaded=()=>new Promise(
done=>{for(const end of["loadedmetadata","error"])video.addEventListener(end,done,{once:true})});if(video.readyState<1){video.preload="auto";video.load();await loaded()}
if(video.readyState<1||canSeek(video)||isHeld(video))return;const{currentTime,paused}=video;try{await holdCopy(video,signal)}catch{return}await loaded();video.currentTime=
currentTime;if(!paused)await video.play()}function single(video,signal,told=()=>{}){let waiting=null;const isReady2=()=>waiting??=ready(video,signal).finally(()=>{
waiting=null});async function go(to){await isReady2();if(video.readyState>0)video.currentTime=within(to(),0,video.duration-HALF_S)}return{ready:isReady2,toggle:()=>video.
paused?void video.play().catch(()=>{}):video.pause(),step(frames2){video.pause();go(()=>middleOf(frameAt(video.currentTime)+frames2))},seek:time_s=>void go(()=>time_s),
time:()=>video.currentTime,length:()=>video.duration||0,loop(){video.loop=!video.loop;told()},accelerate(by){const at=SPEEDS.indexOf(video.playbackRate);video.defaultPlaybackRate=
video.playbackRate=SPEEDS[within((at<0?2:at)+by,0,SPEEDS.length-1)];told()},sound(){video.muted=!video.muted},full:()=>void(document.fullscreenElement?document.
exitFullscreen():video.requestFullscreen?.())?.catch(()=>{})}}var CHECK_MS=250;var PAINT_MS=40;var NEAR_S=.3/FPS;var FAR_S=.25;var ROLL_MS=250;var CALM_MS=1e3;var SURE_MS=120;var secondsOf=({video,figure})=>Number.isFinite(
video.duration)?video.duration:Number(figure.dataset.seconds)||0;var isNearEnd=clip=>clip.video.currentTime>secondsOf(clip)-3*HALF_S;var isReady=clip=>clip.broken||
clip.wanted===null&&!clip.video.seeking&&clip.video.readyState>=(isNearEnd(clip)?2:3);function seek(clip,time=clip.wanted){const{video}=clip;clip.wanted=time;if(time!==
null)clearTimeout(clip.sure);if(video.readyState<1)video.preload="auto";if(time===null||video.seeking||video.readyState<1)return;if(!canSeek(video)&&!clip.stuck)
return void ownCopy(clip);clip.wanted=null;if(clip.stuck)return;const reached=within(time,0,secondsOf(clip)-HALF_S);if(Math.abs(video.currentTime-reached)>.001)
video.currentTime=reached}function roll(clip,frame){const{video}=clip;const canRoll=!clip.rolling&&video.paused&&video.muted&&isReady(clip)&&frame===frameAt(video.
currentTime)+1&&"requestVideoFrameCallback"in video;clip.rolling=canRoll&&{};clearTimeout(clip.sure);if(!canRoll)video.pause();if(!canRoll)return seek(clip,middleOf(
frame));const mine=clip.rolling;const stop=(shown=-1)=>{if(clip.rolling!==mine)return;clip.rolling=false;video.pause();if(shown!==frame||frameAt(video.currentTime)!==
frame)return seek(clip,middleOf(frame));clip.sure=setTimeout(()=>{if(video.paused&&!clip.stuck)video.currentTime=middleOf(frame)},SURE_MS)};const look=(_,{mediaTime})=>{
const shown=Math.round(mediaTime*FPS);if(shown<frame)video.requestVideoFrameCallback(look);else setTimeout(stop,Math.max(0,1e3*(frame/FPS-video.currentTime)+5),
shown)};setTimeout(stop,ROLL_MS);video.requestVideoFrameCallback(look);video.playbackRate=1;video.play().catch(()=>stop())}async function ownCopy(clip){const{video}=clip;
if(isHeld(video))return;try{await holdCopy(video,clip.end.signal)}catch{clip.stuck=true;video.dispatchEvent(new Event("canplay"))}}function lockstep(told){const clock={
clips:[],playing:false,loop:true,speed:1,dragging:false,gathering:false,length,time,seek:seekAll,advance,play,pause,step,accelerate,ended};let[at,checked,met,painted,
beating]=[0,0,0,0,0];const live=()=>clock.clips.filter(({broken,video})=>!broken&&!video.ended);function length(){return Math.max(0,...clock.clips.map(clip=>clip.
broken?0:secondsOf(clip)))}function time(){return clock.playing&&!clock.gathering?now():at}function now(){const running=live().filter(({video})=>!video.paused&&
video.readyState>2);const heard2=running.find(({video})=>!video.muted);if(heard2)return heard2.video.currentTime;const times=(running.length?running:live()).map(
({video})=>video.currentTime);return times.length?times.sort((a,b)=>a-b)[times.length-1>>1]:length()}function seekAll(time_s){at=within(time_s,0,Math.max(0,clock.
length()-HALF_S));clock.gathering=clock.playing;for(const clip of clock.clips){clip.rolling=false;clip.video.pause()}for(const clip of clock.clips)seek(clip,at);
advance();told()}function advance(){if(!clock.gathering||clock.dragging||!clock.clips.every(isReady))return;clock.gathering=false;for(const{video,broken}of clock.
clips){video.playbackRate=clock.speed;if(!broken)video.play().catch(({name})=>name==="NotAllowedError"&&pause())}}function play(){clock.playing=true;seekAll(at>=
length()-3*HALF_S?0:at);cancelAnimationFrame(beating);beating=requestAnimationFrame(beat)}function pause(){const time_s=time();clock.playing=false;seekAll(middleOf(
frameAt(time_s)))}function step(frames2){const frame=frameAt(time())+frames2;if(clock.playing||frames2!==1||middleOf(frame)>length()){clock.playing=false;return seekAll(
middleOf(frame))}at=middleOf(frame);for(const clip of clock.clips)if(!clip.broken)roll(clip,frame);told()}function accelerate(speed){clock.speed=speed;for(const{
video}of clock.clips)video.playbackRate=speed;told()}function ended(){if(!clock.playing||clock.gathering||live().length)return;if(clock.loop)return seekAll(0);at=
length();clock.playing=false;told()}function beat(time_ms){if(!clock.playing)return;beating=requestAnimationFrame(beat);if(time_ms-checked>CHECK_MS&&!clock.gathering){
checked=time_ms;check2(time_ms)}if(time_ms-painted<PAINT_MS)return;painted=time_ms;told()}function check2(time_ms){const time_s=now();const isDue=clip=>!clip.broken&&
!clip.stuck&&time_s<secondsOf(clip)-3*HALF_S;const isLost=({video})=>video.paused||video.readyState<3||Math.abs(video.currentTime-time_s)>FAR_S;if(time_ms-met>CALM_MS&&
clock.clips.some(clip=>isDue(clip)&&isLost(clip))){met=time_ms;return seekAll(time_s)}for(const{video}of live()){const ahead_s=video.currentTime-time_s;if(Math.
abs(ahead_s)>NEAR_S)video.playbackRate=clock.speed*(1-within(1.5*ahead_s,-.1,.1));else if(Math.abs(ahead_s)<NEAR_S/3)video.playbackRate=clock.speed}}return clock}var areSame=(one,other)=>one.length===other.length&&one.every((item,index)=>item===other[index]);function makeStage(on){const tags=[0,1].map(()=>make("span","ta\
g",{dir:"auto"}));const divider=make("div","divider",{role:"slider",tabindex:0,"aria-valuemin":0,"aria-valuemax":100});const both=make("div","pair");const box=make(
"div","stage",{hidden:""},both,...tags,divider);let shown=[];let percent=50;function wipe(to){percent=within(Math.round(to),0,100);box.style.setProperty("--wipe",
`${percent}%`);divider.setAttribute("aria-valuenow",String(percent));divider.setAttribute("aria-valuetext",`${percent}% ${tags[0].textContent}`)}function follow({
clientX,pointerId,type,button:button2}){if(type==="pointerdown"&&!button2&&!divider.hidden)box.setPointerCapture(pointerId);if(!box.hasPointerCapture(pointerId))
return;const{left,width}=box.getBoundingClientRect();wipe(100*(clientX-left)/width)}for(const type of["pointerdown","pointermove"])on(box,type,follow);on(divider,
"keydown",event=>{const by={ArrowLeft:-1,ArrowDown:-1,ArrowRight:1,ArrowUp:1,PageDown:-10,PageUp:10,Home:-100,End:100}[event.key];if(!by||isChord(event))return;
claim(event);wipe(percent+by*(event.shiftKey?10:1))});function show(pair,isWipe){if(areSame(pair,shown)&&divider.hidden!==isWipe)return;for(const clip of shown)
clip.home?.replaceWith(clip.video);box.hidden=!pair.length;divider.hidden=!isWipe;shown=pair;for(const[index,clip]of pair.entries()){const{width,height}=clip.video;
if(!index)box.style.setProperty("--ratio",String((width||16)/(height||9)));clip.home=make("div","home",{style:`aspect-ratio:${width||16}/${height||9}`});clip.video.
replaceWith(clip.home);both.append(clip.video);tags[index].textContent=`${"AB"[index]} ${clip.label}`}divider.setAttribute("aria-label",`Divider between ${pair.
map(({label})=>label).join(" and ")}`);wipe(percent)}return{box,divider,show}}var OFF=-1;function solo(select,clips){let offered2=[];let chosen2;const place=()=>offered2.indexOf(chosen2);function hear(heard2){for(const clip of clips.values())
if(clip!==heard2)clip.video.muted=true;if(heard2)heard2.video.muted=false;select.value=String(place())}function choose(at){chosen2=offered2[at];hear(chosen2)}function offer2(seen){
for(const clip of seen)clip.sounds||=hasSound(clip.video);const found=seen.filter(({sounds,broken})=>sounds&&!broken);if(areSame(found,offered2))return;offered2=
found;const labels=offered2.map(({label},value)=>make("option","",{value},`♪ ${label}`));select.replaceChildren(make("option","",{value:OFF},"Sound off"),...labels);
select.hidden=!offered2.length;hear(offered2[place()])}select.hidden=true;return{offer:offer2,next:()=>choose(Number(select.value)+1),pick:()=>choose(Number(select.
value)),changed(clip){if(clip.video.muted||clip===offered2[place()])return;chosen2=clip;hear(clip)}}}var CSS2=`.hailuo-compare{
--accent:var(--jp-brand-color1,var(--vscode-focusBorder,Highlight));
--back:var(--jp-layout-color1,var(--vscode-editor-background,Canvas));
--ink:var(--jp-content-font-color1,var(--vscode-foreground,CanvasText));
[hidden]{display:none!important}
:focus-visible,&:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.hailuo-clip video{cursor:pointer}
.tools{display:flex;flex-wrap:wrap;gap:5px;align-items:center;font-size:12px}
:is(.tools,.help) :is(button,select){box-sizing:border-box;font:inherit;color:inherit;height:28px;min-width:28px;
padding:0 7px;border:1px solid #80808080;border-radius:4px;background:#80808014;cursor:pointer}
.tools button:hover{background:#80808033}
.tools button[aria-pressed=true]{box-shadow:inset 0 -2px var(--accent)}
.tools select{padding:0 2px;max-width:160px}
.tools option{color:CanvasText;background:Canvas}
.tools svg{display:block;width:14px;height:14px;fill:currentColor}
.tools output{min-width:13ch;font-variant-numeric:tabular-nums}
.tools input{flex:1 1 150px;min-width:100px;margin:0 4px}
input{accent-color:var(--accent)}
.pick{margin:0 6px 0 0;vertical-align:-2px}
&[data-view] .hailuo-clips{display:none!important}
.home{border-radius:6px;background:#80808026}
.stage{position:relative;overflow:hidden;aspect-ratio:var(--ratio);max-width:calc(75vh*var(--ratio));
margin:0 0 12px;border-radius:6px;background:#000;touch-action:pan-y;user-select:none}
.pair{position:absolute;inset:0;isolation:isolate}
.stage video{position:absolute;inset:0;width:100%!important;height:100%!important;background:#000!important}
&[data-view=wipe] .stage{cursor:ew-resize}
&[data-view=wipe] video+video{clip-path:inset(0 0 0 var(--wipe))}
&[data-view=difference] video+video{mix-blend-mode:difference}
&[data-view=difference] .pair{filter:brightness(4)}
.tag{position:absolute;z-index:1;top:8px;left:8px;max-width:42%;padding:1px 7px;border-radius:4px;color:#fff;
background:#000000b3;font-size:12px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;pointer-events:none}
.tag+.tag{left:auto;right:8px}
.divider{position:absolute;z-index:2;inset:0 auto 0 var(--wipe);width:28px;margin-left:-14px;filter:drop-shadow(0 0 1px #000)}
.divider:focus-visible{outline:none}
.divider:focus-visible::after{outline:3px solid var(--accent)}
.divider::before{content:"";position:absolute;inset:0 13px;border-left:2px solid #fff}
.divider::after{content:"";position:absolute;top:calc(50% - 11px);left:3px;width:18px;height:18px;border:2px solid #fff;
border-radius:50%;background:#0006}
.help{max-width:min(440px,90vw);padding:16px;border:1px solid #80808080;border-radius:8px;color:var(--ink);background:var(--back)}
.help dl{display:grid;grid-template-columns:auto 1fr;gap:5px 16px;margin:12px 0}
.help :is(dt,dd){margin:0;font-weight:400}
kbd{font:inherit;font-size:12px;margin:0 4px 0 0;padding:0 5px;border:1px solid #80808080;border-radius:4px;white-space:nowrap}
&:fullscreen{display:flex;flex-direction:column;overflow:auto;margin:0!important;border:0!important;border-radius:0!important;color:var(--ink);background:var(--\
back);
&:not(.hailuo-grid) .hailuo-clips{flex:1;min-height:0;max-width:none!important;grid-auto-rows:minmax(0,1fr)}
&:not(.hailuo-grid) figure{display:flex;flex-direction:column;min-height:0}
&:not(.hailuo-grid) figure video{flex:1;min-height:0;aspect-ratio:auto!important}
.stage{width:100%;max-width:calc((100vh - 90px)*var(--ratio));margin:auto}
.hailuo-notes{display:none}}
@media (forced-colors:active){.tools button[aria-pressed=true]{color:HighlightText;background:Highlight;forced-color-adjust:none}}
@media print{.tools{display:none}}}`;var BUTTONS={play:["Play","Space","M3 1.5v11l9.5-5.5z"],start:["To the start","Home","M2 2h2v10H2zM12 2v10L5 7z"],back:["Previous frame",",","M9.5 2v10L4 7z"],next:[
"Next frame",".","M4.5 2v10L10 7z"],end:["To the end","End","M10 2h2v10h-2zM2 2v10l7-5z"],loop:["Loop","R"],wipe:["Wipe","W"],difference:["Difference","D; four \
times as bright as it is"],full:["Full screen","F","M2 2h4v2H4v2H2zM8 2h4v4h-2V4H8zM2 8h2v2h2v2H2zM10 8h2v4H8v-2h2z"],help:["Keys","?",""]};var PAUSE="M3 2h3v10\
H3zM8 2h3v10H8z";var KEYS2={"Space K":"play or pause","← → , .":"one frame back or on","Shift+← Shift+→ J L":"one second back or on","Home End 0…9":"t\
o the start, the end, a tenth between","− + [ ]":"slower, faster",R:"loop",M:"sound of the next clip, and off",W:"wipe between two clips; then ← → move the di\
vider",D:"difference of two clips, made bright",X:"swap A and B",F:"full screen",Esc:"back to side by side"};var glyph=drawn=>svg(drawn,14);function makeTools(){
const tools={};for(const[name,[label,key2,drawn]]of Object.entries(BUTTONS)){tools[name]=make("button","",{type:"button",title:`${label} (${key2})`},drawn?glyph(
drawn):drawn===""?key2:label);if(drawn!==void 0)tools[name].ariaLabel=label}const slider=make("input","",{type:"range",min:0,step:"any","aria-label":"Time of al\
l clips"});const speed=make("select","",{"aria-label":"Speed",title:"Speed (− and +)"},...SPEEDS.map(rate=>make("option","",{value:rate},`${rate}×`)));const[
a,b]=["A","B"].map(letter=>make("select","",{"aria-label":`Clip ${letter}`}));const{play,start,back,next,end,loop,wipe,difference,full,help}=tools;return{play,start,
back,next,end,slider,time:make("output","",{"aria-live":"off"}),sound:make("select","",{"aria-label":"Sound",title:"Which clip is heard (M)"}),loop,speed,wipe,difference,
a,b,full,help}}function makeHelp(on){const rows=Object.entries(KEYS2).flatMap(([keys,does])=>[make("dt","",{},...keys.split(" ").map(one=>make("kbd","",{},one))),
make("dd","",{},does)]);const close=make("button","",{type:"button"},"Close");const dialog=make("dialog","help",{"aria-label":"Keys"},make("strong","",{},"Keys"),
make("dl","",{},...rows),close);on(close,"click",()=>dialog.close());on(dialog,"keydown",event=>{event.stopPropagation();if(event.key==="?")dialog.close()});return dialog}var CLIPS_MAX=9;var PICKED_AT_FIRST=4;var KEPT_MS=5e3;var kept=shared(Symbol.for("hailuo.kept"),()=>new Map);function shared(name,made2){const page=window;page[name]??=
made2();return page[name]}function enhance(root){root.dataset.compare="on";const end=new AbortController;const on=(target,type,heard2,{signal}=end)=>target.addEventListener(
type,heard2,{signal});const[tools,stage,help,clock]=[makeTools(),makeStage(on),makeHelp(on),lockstep(paint)];const group=make("div","tools",{role:"group","aria-\
label":"All clips together"},...Object.values(tools));const clips=new Map;const sound=solo(tools.sound,clips);const choices=new Map;let view="side";let pair=[];
const parts=()=>[...clips.values()].filter(({picked})=>picked);function take(figure,video){const label=figure.dataset.label??"";const clip={figure,video,label,wanted:null,
broken:false,end:new AbortController,tick:make("input","pick",{type:"checkbox","aria-label":`Compare ${label}`,title:"Compare"}),note:make("p","",{role:"alert",
style:"margin:0;font-size:12px"})};const hear=(type,heard2)=>on(video,type,heard2,clip.end);hear("loadedmetadata",()=>{if(!canSeek(video))ownCopy(clip);broke(clip,
false);paint()});for(const type of["loadedmetadata","canplay","seeked"])hear(type,()=>{seek(clip);clock.advance()});for(const type of["loadeddata","timeupdate"])
hear(type,paint);hear("volumechange",()=>sound.changed(clip));hear("ended",clock.ended);hear("error",()=>broke(clip,true));on(clip.tick,"change",()=>{choices.set(
clip.label,clip.tick.checked);choose()},clip.end);if(video.error)broke(clip,true);return clip}function broke(clip,isBroken){clip.broken=isBroken;clip.note.textContent=
isBroken?"This clip cannot be played: its file is missing or damaged.":"";if(isBroken)clip.figure.append(clip.note);clock.advance();clock.ended();paint()}function join(clip,picked){
if(clip.picked===picked)return;clip.picked=picked;if(!clip.video.paused)clip.video.pause();Object.assign(clip.video,{controls:false,loop:!picked,muted:true,playbackRate:picked?
clock.speed:1})}function drop(clip){clip.end.abort();join(clip,false);clip.video.controls=true;clip.tick.remove();clip.note.remove();letGo(clip.video)}function scan(){
const figures=root.querySelectorAll("figure.hailuo-clip");const seen=new Map;for(const figure of figures){const known=clips.get(figure);const isAway=known!==void 0&&
view!=="side"&&pair.includes(known);const video=isAway?known.video:figure.querySelector("video[src]");if(video)seen.set(figure,known?.video===video?known:take(figure,
video))}const gone=[...clips].filter(([figure,clip])=>seen.get(figure)!==clip).map(([,clip])=>clip);if(!gone.length&&seen.size===clips.size)return;if(gone.some(
clip=>pair.includes(clip)))look("side");gone.forEach(drop);clips.clear();for(const[figure,clip]of seen)clips.set(figure,clip);choose()}function choose(){const cells=root.
querySelectorAll("figure.hailuo-clip").length;const isPicky=root.matches(".hailuo-grid")||cells>CLIPS_MAX;let free=(cells>CLIPS_MAX?PICKED_AT_FIRST:CLIPS_MAX)-parts().
length;for(const clip of clips.values())join(clip,choices.get(clip.label)??clip.picked??free-- >0);const isFull=parts().length>=CLIPS_MAX;for(const clip of clips.
values()){Object.assign(clip.tick,{checked:clip.picked,disabled:isFull&&!clip.picked});const place=clip.figure.querySelector("figcaption > p")??clip.figure.querySelector(
"figcaption")??clip.figure;if(!isPicky)clip.tick.remove();else if(!clip.tick.isConnected)place.prepend(clip.tick)}for(const[index,select]of[tools.a,tools.b].entries()){
select.replaceChildren(...parts().map(({label},value)=>make("option","",{value},`${"AB"[index]} ${label}`)));select.value=String(within(parts().indexOf(pair[index]),
index,parts().length-1))}look(parts().length>1?view:"side")}function look(at){const[time,hadFocus]=[clock.time(),stage.divider.matches(":focus")];pair=[tools.a,
tools.b].map(({value})=>parts()[Number(value)]);if(pair[0]===pair[1])pair[1]=parts().find(clip=>clip!==pair[0]);[tools.a.value,tools.b.value]=pair.map(clip=>String(
parts().indexOf(clip)));view=at;if(view==="side")delete root.dataset.view;else root.dataset.view=view;stage.show(view==="side"?[]:pair,view==="wipe");const seen=view===
"side"?parts():pair;const isSame=areSame(seen,clock.clips);for(const clip of clock.clips)if(!seen.includes(clip))clip.video.pause();clock.clips=seen;if(!isSame&&
(clock.playing||time>0))clock.seek(time);if(hadFocus&&view!=="wipe")root.focus();paint()}function paint(){const[length_s,time_s,isSide]=[clock.length(),clock.time(),
view==="side"];const words=`${time_s.toFixed(2)} / ${length_s.toFixed(2)} s`;const does=clock.playing?"Pause":"Play";if(tools.time.textContent!==words)tools.time.
textContent=words;if(!clock.dragging)Object.assign(tools.slider,{max:length_s||1,value:time_s});if(!clock.playing)tools.slider.ariaValueText=`${words}, frame ${frameAt(
time_s)}`;if(tools.play.ariaLabel!==does){Object.assign(tools.play,{ariaLabel:does,title:`${does} (Space)`});tools.play.replaceChildren(glyph(clock.playing?PAUSE:
BUTTONS.play[2]??""))}tools.loop.ariaPressed=String(clock.loop);for(const other of["wipe","difference"])tools[other].ariaPressed=String(view===other);tools.a.hidden=
tools.b.hidden=isSide;tools.wipe.hidden=tools.difference.hidden=parts().length<2;group.hidden=clips.size===0;sound.offer(clock.clips)}const toggle=other=>{if(parts().
length>1)look(view===other?"side":other)};const deck={toggle:()=>clock.playing?clock.pause():clock.play(),step:clock.step,seek:clock.seek,time:clock.time,length:clock.
length,loop:()=>{clock.loop=!clock.loop;paint()},accelerate(by){tools.speed.selectedIndex=within(tools.speed.selectedIndex+by,0,SPEEDS.length-1);clock.accelerate(
Number(tools.speed.value))},sound:sound.next,full:()=>void(document.fullscreenElement?document.exitFullscreen():root.requestFullscreen?.())?.catch(()=>{})};const swap=()=>{
[tools.a.value,tools.b.value]=[tools.b.value,tools.a.value];look(view)};const act={play:deck.toggle,start:()=>clock.seek(0),back:()=>clock.step(-1),next:()=>clock.
step(1),end:()=>clock.seek(clock.length()),loop:deck.loop,wipe:()=>toggle("wipe"),difference:()=>toggle("difference"),full:deck.full,help:()=>help.showModal()};
const own={d:act.difference,x:swap,"?":act.help,w:()=>{act.wipe();if(view==="wipe")stage.divider.focus()}};function key2(event){if(clock.clips.length)pressKey(event,
deck,view==="side"?own:{...own,Escape:()=>look("side")})}const bar=root.querySelector(".hailuo-bar")??make("div","hailuo-bar",{style:"margin:8px 0"});const added=[
stage.box,make("style","",{},CSS2),group,help];if(!bar.isConnected){root.prepend(bar);added.push(bar)}bar.before(stage.box);bar.append(...added.slice(1,4));Object.
assign(root,{tabIndex:0,role:"group",ariaLabel:root.ariaLabel??"Clips that play together"});root.dataset.lmSuppressShortcuts="true";tools.speed.value="1";tools.
full.hidden=!document.fullscreenEnabled;for(const[name,does]of Object.entries(act))on(tools[name],"click",does);on(tools.sound,"change",sound.pick);on(tools.speed,
"change",()=>deck.accelerate(0));for(const select of[tools.a,tools.b])on(select,"change",()=>look(view));on(tools.slider,"pointerdown",()=>{clock.dragging=true});
for(const type of["pointerup","pointercancel"])on(tools.slider,type,()=>{clock.dragging=false;clock.advance()});on(tools.slider,"input",()=>clock.seek(Number(tools.
slider.value)));on(root,"keydown",key2);on(root,"click",({target})=>{const clip=[...clips.values()].find(({video})=>video===target);if(!clip||target.controls||clip.
picked&&view!=="side")return;if(clip.picked)return act.play();target.controls=true;target.play().catch(()=>{})});on(bar,"pointerenter",()=>{for(const{video}of clock.
clips)video.preload="auto"});function goOn(then){for(const[label,picked]of then.choices)choices.set(label,picked);choose();tools.speed.value=then.speed;clock.loop=
then.loop;deck.accelerate(0);look(parts().length>1?then.view:"side");clock.seek(then.time_s);if(then.playing)clock.play()}scan();const played=kept.get(root.dataset.
grid??"");kept.delete(root.dataset.grid??"");if(played&&performance.now()-played.at_ms<KEPT_MS)goOn(played);const begun=clock.clips.find(({video})=>video.currentTime>
0);if(begun)clock.seek(begun.video.currentTime);const observer=new MutationObserver(scan);observer.observe(root,{childList:true,subtree:true});return()=>{if(root.
dataset.grid)kept.set(root.dataset.grid,{at_ms:performance.now(),time_s:clock.time(),playing:clock.playing,loop:clock.loop,speed:tools.speed.value,view,choices});
observer.disconnect();end.abort();clock.playing=false;delete root.dataset.view;stage.show([],false);for(const clip of clips.values())drop(clip);for(const element of added)
element.remove()}}function videoOf(figure,row){const[still,video]=[figure.firstElementChild,figure.querySelector("video")];if(video||!row?.src)return video;const[width,height]=[still.
getAttribute("width")??row.size_px[0],still.getAttribute("height")??row.size_px[1]];const made2=make("video","",{controls:true,loop:true,playsinline:true,preload:"\
none",width,height,title:row.label,poster:still.getAttribute("src"),style:still.style.cssText});made2.style.opacity="";still.replaceWith(made2);return made2}function comparing(wire,about){
const[least,most]=wire.get("catalogue").compare;const[chips2,why]=[make("ul","chips",{role:"list","aria-label":"Picked clips"}),make("p","quiet",{role:"status"})];
const go=make("button","primary",{type:"button"});const clear=make("button","plain",{type:"button","aria-label":"Clear the picked clips"},"Clear");const bar=make(
"section","picked",{"aria-label":"Picked for comparison",hidden:true},chips2,why,make("div","buttons",{},go,clear));const close=make("button","",{type:"button"},
icon("close"),"Close");const[status,holder]=[make("p","quiet",{role:"status",hidden:true}),make("div")];const region=make("section","comparison",{"aria-label":"\
Comparison",hidden:true},make("header","",{},make("h3","",{},"Comparison"),close),status,holder);let leave=null;let[turn,isAsking]=[0,false];const picked=()=>wire.
get("selection")??[];function toggle(id,isPicked){const others=picked().filter(one=>one!==id);if(isPicked&&others.length>=most){say(why,`${most} clips play toge\
ther at most. Take one out first.`);return false}wire.set("selection",isPicked?[...others,id]:others);return true}function chip(id){const[row,picture]=[about.row(
id),about.picture(id)];const words=row?.label??id;return make("li","",{},make("button","plain",{type:"button","data-id":id,"aria-label":`Take out ${words}`,title:`\
Take out ${words}`},picture?make("img","",{src:picture,alt:""}):make("span","thumb"),foreign(words),icon("close")))}function draw2(){const ids=picked();const isShort=ids.
length<least;const key2=JSON.stringify(ids.map(id=>[id,about.row(id)?.label,Boolean(about.picture(id))]));bar.hidden=ids.length===0;say(go,isShort?"Compare":`Co\
mpare ${ids.length}`);go.ariaDisabled=String(isShort||isAsking);if(chips2.dataset.drawn===key2)return;const had=chips2.contains(focused())?focused().dataset.id:
void 0;say(why,isShort?ids.length===1?"Pick one more to compare.":"":"");chips2.dataset.drawn=key2;chips2.replaceChildren(...ids.map(chip));if(!had)return;const same=chips2.
querySelector(`[data-id="${CSS.escape(had)}"]`);(same??chips2.querySelector("button")??go).focus()}async function open(){const ids=picked();if(go.ariaDisabled===
"true")return;isAsking=true;draw2();turn+=1;const mine=turn;try{const{html}=await wire.ask({kind:"compare",ids});if(mine===turn&&!wire.signal.aborted)await show(
html,ids,mine)}catch(error){wire.tell(error.message,"error")}isAsking=false;draw2()}async function show(html,ids,mine){const template=make("template");template.
innerHTML=html;for(const script of template.content.querySelectorAll("script"))script.remove();const root=template.content.querySelector(".hailuo-compare");const videos=[
...root.querySelectorAll("figure")].map((figure,index)=>[videoOf(figure,about.row(ids[index])),ids[index]]).filter(([video])=>video);await Promise.all(videos.map(
([video,id])=>about.load(video,{id,src:video.getAttribute("src")??about.row(id).src},words=>say(status,words))));if(mine!==turn||wire.signal.aborted)return;drop();
say(status,"");holder.replaceChildren(root);region.hidden=false;leave=enhance(root);region.scrollIntoView({block:"nearest"});root.focus({preventScroll:true})}function drop(){
leave?.();leave=null;holder.replaceChildren();region.hidden=true}function shut(){turn+=1;const hadFocus=region.contains(focused());drop();if(hadFocus)(bar.hidden?
about.focus:()=>go.focus())()}const on=(target,type,does)=>target.addEventListener(type,does,{signal:wire.signal});on(go,"click",open);on(close,"click",shut);on(
clear,"click",()=>{wire.set("selection",[]);about.focus()});on(chips2,"click",event=>{const id=hit(event,"button")?.dataset.id;if(id)toggle(id,false)});on(region,
"keydown",event=>{if(event.key!=="Escape"||event.defaultPrevented)return;claim(event);shut()});wire.signal.addEventListener("abort",()=>{turn+=1;drop()},{once:true});
return{bar,region,picked,toggle,draw:draw2}}var TYPED_MS=250;var GAP=" ";var number=value=>String(value).replace(/\B(?=(\d{3})+$)/g,GAP);var capital=words=>words[0].toUpperCase()+words.slice(1);var day=iso=>new Date(
`${iso}T00:00Z`).toLocaleDateString("en-GB",{day:"numeric",month:"short",year:"numeric",timeZone:"UTC"});function fill2(select,all,choices,words){const chosen2=select.
value;const listed=choices.map(([value,count])=>[value,count===void 0?words(value):`${words(value)} (${number(count)})`]);if(chosen2&&!choices.some(([value])=>value===
chosen2))listed.push([chosen2,words(chosen2)]);const wanted=[["",all],...listed];while(select.length>wanted.length)select.remove(select.length-1);wanted.forEach(
([value,text],index)=>{const option=select.options[index]??select.appendChild(make("option"));if(option.getAttribute("value")!==value)option.value=value;if(option.
textContent!==text)option.textContent=text});if(select.value!==chosen2)select.value=chosen2}function filterbar(wire,asked2){const states=wire.get("catalogue").states;
const text=make("input","",{type:"search","aria-label":"Search prompts and names",placeholder:"Search prompts and names","aria-keyshortcuts":"/",title:"/ comes \
here",autocomplete:"off",spellcheck:"false"});const[group,model,date]=["State","Model","Day"].map(words=>make("select","",{"aria-label":words}));const hidden=make(
"input","",{type:"checkbox"});const count=make("p","count quiet");const clear=make("button","plain small",{type:"button",hidden:true},"Clear");const root=make("\
div","filter",{role:"search","aria-label":"Clips"},text,group,model,date,make("label","put-away",{title:"Show the clips that are hidden"},hidden,"Hidden"),make(
"p","found",{},count,clear));let timer=0;const value=()=>Object.fromEntries(Object.entries({group:group.value,model:model.value,day:date.value,text:text.value.trim(),
hidden:hidden.checked}).filter(([,wish])=>wish));const isSet=()=>Object.keys(value()).length>0;let told="{}";function ask(){clearTimeout(timer);const wish=value();
clear.hidden=!isSet();if(JSON.stringify(wish)===told)return;told=JSON.stringify(wish);return asked2(wish)}function find(words="",isHidden=false){for(const one of[
group,model,date])one.value="";text.value=words;hidden.checked=isHidden;text.focus();return ask()}const reset=()=>find();const on=(target,type,does)=>target.addEventListener(
type,does,{signal:wire.signal});on(text,"input",()=>{clearTimeout(timer);timer=setTimeout(ask,TYPED_MS)});on(text,"keydown",({key:key2})=>{if(key2==="Enter")ask()});
for(const one of[group,model,date,hidden])on(one,"change",ask);on(clear,"click",reset);wire.signal.addEventListener("abort",()=>clearTimeout(timer),{once:true});
function draw2({total,all,facets},isUsed){const counts=new Map(facets.group??[]);fill2(group,"All states",states.map(([name])=>[name,counts.get(name)]),name=>capital(
states.find(([one])=>one===name)[1]));fill2(model,"All models",facets.model??[],name=>name);fill2(date,"All days",facets.day??[],day);const words=hidden.checked?
`${number(total)} hidden`:isSet()?`${number(total)} of ${number(all)}`:all===1?"1 clip":`${number(all)} clips`;say(count,all||isSet()?words:"");clear.hidden=!isSet();
root.hidden=!all&&!isUsed&&!facets.hidden&&!isSet()}return{root,value,isSet,draw:draw2,reset,find,focus:()=>{text.focus();text.select()},words:()=>count.textContent}}function teller(region,underWay){let[done,without]=[0,0];const{hear,end}=paced(()=>{const parts=[];if(done)parts.push(done===1?"1 clip is done":`${done} clips a\
re done`);if(without)parts.push(`${without} ended without a clip`);parts.push(`${underWay()||"none"} under way`);region.textContent=`${parts.join(", ")}.`;[done,
without]=[0,0]});return{ended(group){if(group==="done")done+=1;else without+=1},hear:()=>{if(done+without)hear()},end}}function passes({id,hidden,group,model,day:day2,
label,prompt},filter){const said=`${label}
${prompt}`.toLowerCase();const words=(filter.text??"").split(/\s+/).every(word=>word===id||said.includes(word.toLowerCase()));return words&&hidden===Boolean(filter.
hidden)&&(filter.group??group)===group&&(filter.model??model)===model&&(filter.day??day2)===day2}function counted(state,filter,before,row){const change2=does=>Number(
does(row))-Number(before?does(before):false);const facets={...state.facets};for(const name of["group","model","day"]){const listed=(facets[name]??[]).map(([value,
number2])=>[value,number2]);for(const value of new Set([row[name],(before??row)[name]])){const by=change2(one=>!one.hidden&&one[name]===value);const pair=listed.
find(([other])=>other===value);if(pair)pair[1]=Math.max(0,pair[1]+by);else if(by>0)listed.unshift([value,by])}facets[name]=listed}const total=state.total+change2(
one=>passes(one,filter));return{...state,facets,total,all:state.all+change2(({hidden})=>!hidden)}}function merged(fresh,order,gone,rowOf){const rows=[...new Map(
fresh.map(row=>[row.id,row])).values()].sort((a,b)=>b.created_at_ms-a.created_at_ms);const result=[];for(const id of order.filter(one=>!gone.has(one))){while(rows[0]?.
created_at_ms>=rowOf(id).created_at_ms)result.push(rows.splice(0,1)[0].id);result.push(id)}return[...result,...rows.map(({id})=>id)]}function away(missing,all){
if(all.length===1)return"The clip is";return missing.length===all.length?`The ${all.length} clips are`:`${missing.length} of ${all.length} clips ${missing.length===
1?"is":"are"}`}var AWAY="kernel:";var LOADING="Loading…";var BROKEN="This clip cannot be played: its file is missing or damaged.";function player(wire){const copies=new Map;
const made2=[];wire.signal.addEventListener("abort",()=>made2.forEach(URL.revokeObjectURL),{once:true});async function copy(id,told){const pieces=[];for(let[held,
size]=[0,1];held<size;){const{buffers:[piece],...answer}=await wire.ask({kind:"clip",id,start:held});if(!piece?.byteLength||wire.signal.aborted)throw new Error(
BROKEN);pieces.push(piece);held+=piece.byteLength;size=answer.size;told(`${LOADING} ${Math.floor(100*held/size)} %`)}made2.push(URL.createObjectURL(new Blob(pieces,
{type:"video/mp4"})));return made2.at(-1)}async function rescue(video,id,told){told(LOADING);try{if(!copies.has(id))copies.set(id,copy(id,told));video.src=await copies.
get(id)}catch(error){copies.delete(id);told(error.message)}}async function load(video,{id,src},told){const{signal}=wire;let isRescued=false;video.addEventListener(
"error",()=>{if(isRescued)return told(BROKEN);isRescued=true;rescue(video,id,told)},{signal});for(const type of["loadeddata","playing"])video.addEventListener(type,
()=>told(""),{signal});const address=src.startsWith(AWAY)?"":await wire.resolve(src).catch(()=>"");if(address)video.src=address;else video.dispatchEvent(new Event(
"error"))}return{load}}var GATHER_MS=60;var AT_ONCE_MAX=24;var NEAR="150px 0px";function posters(wire,scroller,rowOf,draw2){const held=new Map;const wanted=new Set;const placed=new Map;
let[timer,isAsking]=[0,false];function isHeld2(id){const[one,row]=[held.get(id),rowOf(id)];return one!==void 0&&one.src===row?.src&&Boolean(one.picture||!row?.has_picture)}
const observer=new IntersectionObserver(entries=>{for(const{target,isIntersecting}of entries){const{id=""}=target.dataset;if(isIntersecting)want(id);else wanted.
delete(id)}},{root:scroller,rootMargin:NEAR});function watch(id,element){placed.set(id,element);observer.unobserve(element);if(!isHeld2(id))observer.observe(element)}
function leave(id){const element=placed.get(id);if(element)observer.unobserve(element)}function want(...ids){for(const id of ids)if(!isHeld2(id))wanted.add(id);
if(wanted.size&&!timer&&!isAsking)timer=setTimeout(ask,GATHER_MS)}async function ask(){const ids=[...wanted].slice(0,AT_ONCE_MAX);timer=0;if(!ids.length)return;
isAsking=true;const asked2=ids.map(id=>({id,src:rowOf(id)?.src}));for(const id of ids)wanted.delete(id);try{const answer=await wire.ask({kind:"posters",ids});for(const{
id,src}of asked2)held.set(id,{src,picture:answer.posters[id]??""});for(const id of ids){leave(id);draw2(id)}}catch(error){wire.tell(error.message,"error")}isAsking=
false;want(...[...wanted])}wire.signal.addEventListener("abort",()=>{observer.disconnect();clearTimeout(timer)},{once:true});return{want,watch,of:id=>held.get(id)?.
picture,forget(id){leave(id);placed.delete(id);wanted.delete(id)}}}var STOPPING="Stopping…";var DELAY="A cell that is running may delay this.";var STEPS2=4;var badge=()=>make("strong","badge",{title:"Made by the built-in simu\
lator, free of charge"},"SIMULATED");var makeRail=()=>make("div","rail",{"aria-hidden":"true"},...Array.from({length:STEPS2},()=>make("span")));function drawRail(rail,phase){
[...rail.children].forEach((step,index)=>{step.className=phase===null?"":index<phase?"past":index===phase?"now":""})}function clockWords(elapsed_s){const[hours,
minutes,seconds]=[elapsed_s/3600,elapsed_s/60%60,elapsed_s%60].map(Math.floor);const two=number2=>String(number2).padStart(2,"0");return hours?`${hours}:${two(minutes)}\
:${two(seconds)}`:`${minutes}:${two(seconds)}`}function makeClock(attributes={}){const time=document.createTextNode("");return{time,clock:make("span","clock",{hidden:true,
...attributes},time)}}function tick({clock,time},from_ms,late_after_s,to_ms=Date.now()){const isTicking=from_ms!==null;const elapsed_s=isTicking?Math.max(0,(to_ms-
from_ms)/1e3):0;const words=clockWords(elapsed_s);if(clock.hidden===isTicking)clock.hidden=!isTicking;if(isTicking&&time.data!==words)time.data=words;return isTicking&&
late_after_s!==null&&elapsed_s>late_after_s}var LATE="longer this time";var estimateWords=(estimate,isLate)=>[estimate,isLate?LATE:""].filter(Boolean).join(", ");
function drawPicture(frame,picture,alt,before=null){const image=frame.querySelector("img");if(!picture)return image?.remove();if(image)return change(image,"src",
picture);const made2=make("img","",{src:picture,alt});if(before)frame.insertBefore(made2,before);else frame.replaceChildren(made2)}function mayPreview(element,isQuiet,seen={
top:0,bottom:innerHeight}){if(!isQuiet||document.hidden||matchMedia("(prefers-reduced-motion: reduce)").matches)return false;const{top,bottom,height}=element.getBoundingClientRect();
return height>0&&bottom>Math.max(0,seen.top)&&top<Math.min(innerHeight,seen.bottom)}var isStopping=({asked:asked2},{state})=>asked2?.kind==="stop"&&asked2.state===
state;function offer(one,{label,stop_hint,retry:price2}){const{stop,retry}=one.parts;one.asked=null;for(const button2 of[stop,retry])button2.ariaDisabled="false";
stop.hidden=!stop_hint;change(stop,"aria-label",`Stop watching ${label}`);say(retry,price2?`Try again (${price2})`:"");change(retry,"aria-label",`${retry.textContent}\
: ${label}`)}function rest(one,kind,{state,label}){const{parts}=one;one.asked={kind,state};parts[kind].ariaDisabled="true";if(kind==="stop")say(parts.headline,STOPPING);else
Object.assign(parts.retry,{textContent:"Trying again…",ariaLabel:`Trying again…: ${label}`});say(parts.hint,DELAY)}var LONG_CHARS=64;var ACTIONS={continue:["next","Go on from the last frame"],use:["reuse","Use these settings"],copy:["copy","Copy prompt"],rename:["pencil","Re\
name"],hide:["hide","Hide"]};var offered=without=>Object.entries(ACTIONS).filter(([act])=>!without.includes(act));var button=(act,className,attributes,...children)=>make(
"button",className,{type:"button","data-act":act,...attributes},...children);function makeTile(id,without=[]){const seconds=document.createTextNode("");const parts={
seconds,...makeClock(),frame:make("div","frame"),play:button("play","play",{},make("span","mark",{"aria-hidden":"true"},icon("play"),seconds)),loading:make("p",
"loading",{role:"status",hidden:true}),actions:make("div","actions",{role:"toolbar"},...offered(without).map(([act,[drawn,words]])=>button(act,"plain",{"aria-la\
bel":words,tabindex:"-1"},icon(drawn)))),rail:makeRail(),pick:make("input","pick",{type:"checkbox",title:"Compare"}),label:foreign(""),badge:badge(),headline:make(
"span"),estimate:make("span"),money:make("span"),when:make("span"),hidden:make("span","",{hidden:true},"hidden"),reason:make("div","reason",{hidden:true}),note:make(
"p","hint",{dir:"auto",hidden:true}),stop:button("stop","mark stop",{},make("span","square",{"aria-hidden":"true"}),"Stop watching"),retry:button("retry","small\
 retry",{hidden:true}),hint:make("p","quiet stop-hint",{hidden:true}),prompt:make("details","prompt",{},make("summary","",{dir:"auto"}),make("p","quiet",{dir:"a\
uto"}))};parts.frame.append(parts.play,parts.stop);const name=make("div","name",{},parts.pick,make("h4","",{},parts.label),parts.badge);const became=make("p","q\
uiet became",{},parts.headline,parts.clock,parts.estimate,parts.money,parts.when,parts.hidden);const root=make("li","tile",{"data-id":id,tabindex:"-1"},make("di\
v","picture",{},parts.frame,parts.loading,parts.rail,parts.actions),name,became,parts.reason,parts.note,parts.hint,parts.retry,parts.prompt);return{id,root,parts:{
...parts,name},row:null,asked:null,video:null}}function draw(one,row,isPicked){const{parts,root}=one;const[before,hadFocus]=[one.row,root.contains(focused())];one.
row=row;root.dataset.group=row.group;root.dataset.state=row.state;root.classList.toggle("put-away",row.hidden);say(parts.label,row.label);parts.badge.hidden=!row.
simulated;drawFrame(parts,row,one.video);parts.rail.hidden=row.final||row.phase===null;drawRail(parts.rail,row.phase);say(parts.headline,isStopping(one,row)?STOPPING:
row.headline);say(parts.money,row.money);say(parts.when,row.final?row.when.replaceAll(" "," "):"");parts.hidden.hidden=!row.hidden;say(parts.note,row.note);drawReason(
parts,row);drawPrompt(parts,row,before);drawActions(one,row);drawAsks(one,row);drawPick(one,isPicked);tick2(one);const now=focused();if(hadFocus&&(now===document.
body||now.closest("[hidden]")))root.focus({preventScroll:true})}function drawFrame({frame,play,seconds},{size_px:[width,height],src,label,seconds:length},video){
const ratio=`${width} / ${height}`;if(frame.style.aspectRatio!==ratio)frame.style.aspectRatio=ratio;play.hidden=!src||video!==null;change(play,"aria-label",`Pla\
y ${label}`);seconds.data=`${length} s`;if(video)change(video,"aria-label",label);const image=frame.querySelector("img");if(image)image.alt=src?"":`Picture of ${label}`}
function drawPoster({parts:{frame,play},row,video},picture){frame.classList.toggle("waits",picture===void 0);frame.classList.toggle("bare",picture==="");if(video&&
picture)video.poster=picture;drawPicture(frame,picture,row.src?"":`Picture of ${row.label}`,play)}function drawReason({reason},{explanation}){if(reason.dataset.
drawn===(explanation??""))return;reason.dataset.drawn=explanation??"";reason.hidden=!explanation;const first=(explanation??"").match(/^.*?[.!?](?=\s+\S)/s)?.[0];
if(!first)return reason.replaceChildren(make("p","",{dir:"auto"},explanation??""));reason.replaceChildren(make("details","",{},make("summary","",{dir:"auto"},first),
make("p","",{dir:"auto"},(explanation??"").slice(first.length).trim())))}function drawPrompt({prompt},row,before){const[summary,settings]=childrenOf(prompt);say(
summary,row.prompt||"no prompt");prompt.classList.toggle("short",row.prompt.length<LONG_CHARS&&!row.prompt.includes("\n"));if(before?.model===row.model&&String(
before.options)===String(row.options))return;settings.replaceChildren(...dotted([row.model,...row.options]))}function drawActions({parts:{actions}},{label,hidden,
can_continue}){change(actions,"aria-label",`Actions for ${label}`);const buttons=childrenOf(actions);const[onwards,hide]=["continue","hide"].map(act=>buttons.find(
({dataset})=>dataset.act===act));onwards.hidden=!can_continue;if(hide)change(hide,"aria-label",hidden?"Show again":"Hide");const stops=buttons.filter(one=>!one.
hidden);if(!stops.some(one=>one.tabIndex===0))tabTo(buttons,stops[0])}var tabTo=(buttons,to)=>{for(const one of buttons)one.tabIndex=one===to?0:-1};function arrow(actions,key2){
const buttons=childrenOf(actions).filter(({hidden})=>!hidden);const[at,last]=[buttons.indexOf(focused()),buttons.length-1];const to={ArrowRight:at<last?at+1:0,ArrowLeft:at>
0?at-1:last,Home:0,End:last}[key2];if(to===void 0||at<0)return false;tabTo(childrenOf(actions),buttons[to]);buttons[to].focus();return true}function drawPick({parts:{
pick},row},isPicked){pick.hidden=!row.src&&!isPicked;pick.checked=isPicked;change(pick,"aria-label",`Compare ${row.label}`)}function drawAsks(one,row){const{stop,
hint}=one.parts;if(isStopping(one,row))return;offer(one,row);change(stop,"data-hint",row.stop_hint??"");change(stop,"aria-description",row.stop_hint??"");say(hint,
row.stop_hint);hint.classList.remove("now")}function rest2(one,kind){rest(one,kind,one.row);one.parts.hint.classList.add("now")}function settle({parts,row}){Object.
assign(parts.retry,{textContent:"Tried again",ariaLabel:`Tried again: ${row.label}`});say(parts.hint,"")}function wake(one){one.asked=null;say(one.parts.headline,
one.row.headline);drawAsks(one,one.row)}function tick2({row,parts}){const isLate=tick(parts,row.final?null:row.submitted_at_ms,row.late_after_s);say(parts.estimate,
row.final?"":estimateWords(row.estimate,isLate))}var NO_COPY="The browser does not allow copying here. The prompt is marked: press Ctrl+C.";function tileActs(wire,clips,merge,toForm){const resting=new Set;async function ask(one,kind,more={}){
const key2=`${kind} ${one.id}`;if(resting.has(key2))return false;resting.add(key2);try{const{words}=await wire.ask({kind,id:one.id,...more});if(words)wire.tell(
words);return true}catch(error){wire.tell(error.message,"error");return false}finally{resting.delete(key2)}}function open(one,{once=false}={}){const{parts,row}=one;
const hadFocus=parts.play===document.activeElement;const video=make("video","",{controls:true,loop:!once,playsinline:true,"aria-label":row.label});Object.assign(
video,{muted:true,autoplay:true});const poster=parts.frame.querySelector("img")?.getAttribute("src");if(poster)video.poster=poster;one.video=video;parts.play.hidden=
true;parts.play.before(video);const{signal}=wire;const deck=single(video,signal);video.addEventListener("keydown",event=>pressKey(event,deck),{signal});video.addEventListener(
"ended",()=>{video.addEventListener("play",()=>{video.loop=true},{signal,once:true})},{signal,once:true});clips.load(video,row,words=>say(parts.loading,words));
if(hadFocus)video.focus({preventScroll:true})}function play(one){for(const other of one.root.parentElement.querySelectorAll("video"))other.pause();open(one)}async function copyPrompt(one){
if(await copyText(one.row.prompt))return wire.tell("Prompt copied.");one.parts.prompt.open=true;getSelection()?.selectAllChildren(one.parts.prompt.querySelector(
"summary"));wire.tell(NO_COPY)}function rename(one){const{root,parts,row}=one;if(root.querySelector("form"))return;const back=()=>parts.actions.querySelector('[\
data-act="rename"]').focus();const field=make("input","",{type:"text","aria-label":`New name for ${row.label}`,maxlength:"200",autocomplete:"off",spellcheck:"fa\
lse"});const save=make("button","small",{type:"submit","aria-label":"Save the name",title:"Save (Enter)"},icon("check"));const leave=make("button","small",{type:"\
button","aria-label":"Keep the old name",title:"Keep the old name (Escape)"},icon("close"));const form=make("form","rename",{},field,save,leave);const close=()=>{
form.remove();parts.name.hidden=false;back()};const on=(target,type,heard2)=>target.addEventListener(type,heard2,{signal:wire.signal});field.value=row.named?row.
label:"";field.placeholder=row.label;on(leave,"click",close);on(form,"keydown",event=>{event.stopPropagation();if(event.key==="Escape")close()});on(form,"submit",
async event=>{event.preventDefault();if(field.value.trim()===(row.named?row.label:""))return close();if(await ask(one,"rename",{name:field.value.trim()})&&form.
isConnected)close();else field.focus()});parts.name.hidden=true;parts.name.before(form);field.focus();field.select()}async function press(one,kind){if(one.asked)
return;rest2(one,kind);const isGranted=await ask(one,kind);if(!one.asked)return;if(!isGranted)wake(one);else if(kind==="retry")settle(one)}async function fill3(one,kind){
const isFilled=await ask(one,kind);const{activeElement}=document;if(isFilled&&(activeElement===document.body||one.root.contains(activeElement)))toForm()}const does={
play,rename,copy:copyPrompt,continue:one=>fill3(one,"continue"),use:one=>fill3(one,"use"),stop:one=>press(one,"stop"),retry:one=>press(one,"retry"),async hide(one){
const hidden=!one.row.hidden;if(await ask(one,"hide",{hidden}))merge([{...one.row,hidden}])}};function preview2(one,list2){const isQuiet=[...list2.querySelectorAll(
"video")].every(({paused,autoplay,error})=>error||paused&&!autoplay);if(mayPreview(one.root,isQuiet,list2.getBoundingClientRect()))open(one,{once:true})}return{
does,preview:preview2}}var NEAR2="600px 0px";var EMPTY="Your clips will stand here. Write a prompt and press Generate.";var heard=new Map;function gallery(wire,toForm){const list2=make(
"ul","tiles",{role:"list"});const more=make("button","more",{type:"button",hidden:true},"Show more");const nothing=make("p","",{});const reset=make("button","",
{type:"button"},"Clear the filter");const[film,glass]=[icon("play"),icon("search")];const empty=make("div","empty",{hidden:true},film,glass,nothing,reset);const scroller=make(
"div","scroller",{},list2,empty,more);const spoken2=make("p","spoken",{role:"status","aria-live":"polite"});const tiles=new Map;const known=new Map;const rowOf=id=>known.
get(id);let order=[];let filter={};let state={more:false,cursor:null,total:0,all:0,facets:{}};let[turn,isLoading,newest_ms]=[0,false,0];const without=wire.get("\
catalogue").read_only?["rename","hide"]:[];const bar=filterbar(wire,wish=>{filter=wish;return ask(null)});const clips=player(wire);const pictures=posters(wire,scroller,
id=>known.get(id),id=>{const one=tiles.get(id);if(one)drawPoster(one,pictures.of(id));if(compare.picked().includes(id))compare.draw()});const compare=comparing(
wire,{row:id=>known.get(id),picture:pictures.of,load:clips.load,focus:bar.focus});const acts=tileActs(wire,clips,merge,toForm);const voice=teller(spoken2,()=>state.
facets.group?.find(([name])=>name==="running")?.[1]);const root=make("section","gallery",{"aria-label":"Clips"},make("h3","spoken",{},"Clips"),bar.root,spoken2,
compare.region,scroller,compare.bar);function drawTile(one,row){draw(one,row,compare.picked().includes(row.id));drawPoster(one,pictures.of(row.id))}function born(id){
const one=makeTile(id,without);tiles.set(id,one);drawTile(one,known.get(id));pictures.watch(id,one.root);return one}function stop({video}){if(!video)return;video.
pause();video.removeAttribute("src");video.load()}function drop(one){pictures.forget(one.id);stop(one);one.root.remove();tiles.delete(one.id)}function arrange(ids){
const wanted=new Set(ids);const focused2=order.findIndex(id=>tiles.get(id)?.root.contains(document.activeElement));const after=focused2<0?null:[...order.slice(focused2),
...order.slice(0,focused2).reverse()].find(id=>wanted.has(id));for(const one of[...tiles.values()])if(!wanted.has(one.id))drop(one);const run=document.createDocumentFragment();
let at=list2.firstChild;for(const id of ids){const one=tiles.get(id)??born(id);if(at&&one.root===at){list2.insertBefore(run,at);at=at.nextSibling}else run.append(
one.root)}if(run.hasChildNodes())list2.insertBefore(run,at);if(focused2>=0&&after!==order[focused2])(tiles.get(after??"")?.root??bar).focus({preventScroll:true});
order=ids;drawAround()}function drawAround(){const isSet=bar.isSet();bar.draw(state,known.size>0);empty.hidden=order.length>0||isLoading;say(nothing,isSet?"No c\
lip passes this filter.":EMPTY);reset.hidden=!isSet;film.toggleAttribute("hidden",isSet);glass.toggleAttribute("hidden",!isSet);list2.hidden=order.length===0;more.
hidden=!state.more;more.ariaDisabled=String(isLoading);more.textContent=isLoading?"Loading…":"Show more";scroller.setAttribute("aria-busy",String(isLoading))}
const hasAnother=(before,row)=>before.src!==row.src||before.has_picture!==row.has_picture;const allOf=({group},total)=>group?.reduce((sum,[,number2])=>sum+number2,
0)??total;function take({rows,more:isMore,total,facets,cursor},isFirst){for(const row of rows){const[before,one]=[known.get(row.id),tiles.get(row.id)];known.set(
row.id,row);newest_ms=Math.max(newest_ms,row.created_at_ms);if(!one)continue;drawTile(one,row);if(hasAnother(before,row))pictures.watch(row.id,one.root)}state={
...state,more:isMore,cursor,total,facets,all:allOf(facets,total)};const ids=rows.map(({id})=>id);if(isFirst)scroller.scrollTop=0;arrange([...new Set(isFirst?ids:
[...order,...ids])]);compare.draw();nearEnd.unobserve(more);nearEnd.observe(more)}async function ask(cursor){if(cursor===null)turn+=1;const mine=turn;const focusFrom=document.
activeElement===more?order.length:-1;isLoading=true;drawAround();try{const answer=await wire.ask({kind:"page",filter,cursor});if(mine!==turn||wire.signal.aborted)
return;isLoading=false;take(answer,cursor===null);if(cursor===null)spoken2.textContent=`${bar.words()}.`;if(focusFrom>=0)tiles.get(order[focusFrom])?.root.focus()}catch(error){
if(mine!==turn)return;isLoading=false;wire.tell(error.message,"error");drawAround()}}const askMore=()=>{if(state.more&&!isLoading)ask(state.cursor)};const nearEnd=new IntersectionObserver(
([{isIntersecting}])=>{if(isIntersecting)askMore()},{root:scroller,rootMargin:NEAR2});function belongs(row){const last=known.get(order.at(-1)??"");return passes(
row,filter)&&(!state.more||!last||row.created_at_ms>=last.created_at_ms)}function merge(rows){const fresh=[];const gone=new Set;const ended=[];for(const row of rows){
const[before,one]=[known.get(row.id),tiles.get(row.id)];known.set(row.id,row);const isCounted=!before&&row.created_at_ms<=newest_ms;if(!isCounted)state=counted(
state,filter,before,row);if(before?.group==="running"&&row.group!=="running")voice.ended(row.group);if(one&&row.hidden!==Boolean(filter.hidden))gone.add(row.id);else if(one){
drawTile(one,row);if(hasAnother(before,row))pictures.watch(row.id,one.root);if(!before?.src&&row.src)ended.push(one)}else if(belongs(row))fresh.push(row)}newest_ms=
Math.max(newest_ms,...rows.map(({created_at_ms})=>created_at_ms));if(fresh.length||gone.size)arrange(merged(fresh,order,gone,rowOf));else drawAround();compare.draw();
for(const one of ended)acts.preview(one,scroller);voice.hear()}const whereIs=row=>row.hidden&&!filter.hidden?"hidden":passes(row,filter)?"further down":"outside\
 this filter";function show({ids=[],words=""}){const seen=ids.find(id=>tiles.has(id));if(seen)tiles.get(seen)?.root.scrollIntoView({block:"nearest"});const missing=ids.
filter(id=>known.has(id)&&!tiles.has(id));if(!missing.length)return wire.tell(words);const row=rowOf(missing[0]);const where=whereIs(row);const clear={words:"Cl\
ear the filter",does:()=>bar.reset()?.then(()=>show({ids,words}))};const find={words:ids.length===1?"Show it":"Show the first",does:()=>bar.find(row.id,row.hidden)?.
then(()=>show({ids:[row.id]}))};wire.tell(`${away(missing,ids)} ${where}.`,"",where==="outside this filter"?clear:find)}const on=(target,type,does)=>target.addEventListener(
type,does,{signal:wire.signal});const tileOf=target=>tiles.get(target.closest(".tile")?.dataset.id);on(list2,"click",({target})=>{const button2=target.closest("\
[data-act]");if(button2&&button2.ariaDisabled!=="true")acts.does[button2.dataset.act](tileOf(button2))});on(list2,"change",({target})=>{if(target.matches(".pick"))
target.checked=compare.toggle(tileOf(target).id,target.checked)&&target.checked});on(list2,"keydown",event=>{const actions=event.target.closest(".actions");if(!actions||
isChord(event)||!arrow(actions,event.key))return;claim(event)});on(more,"click",askMore);on(reset,"click",bar.reset);wire.on("selection",()=>{const picked=new Set(
compare.picked());for(const one of tiles.values())drawPick(one,picked.has(one.id));pictures.want(...picked);compare.draw()});wire.hear("rows",({rows})=>{for(const row of rows)
heard.set(row.id,row);merge(rows)});take(wire.get("first"),true);if(heard.size)merge([...heard.values()]);pictures.want(...compare.picked());const timer=setInterval(
()=>{for(const one of tiles.values())if(!one.row.final)tick2(one)},1e3);wire.signal.addEventListener("abort",()=>{clearInterval(timer);nearEnd.disconnect();voice.
end();tiles.forEach(stop)},{once:true});return{root,show,focusFilter:bar.focus}}var IDLE_MS=500;var SLOW_MS=3e3;var BUSY="The kernel is busy with a cell; it goes on when that ends.";var UNANSWERED="The kernel was restarted or has ended befo\
re it answered: run %hailuo again and look at what is in the gallery.";var GONE="The kernel was restarted or has ended: run %hailuo again. Nothing was sent.";var asked=0;
function makeWire(model,told,signal){const waiting=new Map;const heard2=new Map;const later=new Map;const on=(event,does)=>{model.on(event,does);signal.addEventListener(
"abort",()=>model.off(event,does))};const[line,way]=[make("span","",{dir:"auto"}),make("button","small",{type:"button",hidden:true})];let follow=()=>{};told.append(
line,way);way.addEventListener("click",()=>follow(),{signal});const tell=(words,level="",remedy=null)=>{told.dataset.level=level;follow=remedy?.does??(()=>{});say(
way,remedy?.words);say(line,words);told.hidden=line.hidden};const isPassedOn=does=>{try{does();return true}catch{tell(GONE,"error");return false}};const set=(name,value)=>{
clearTimeout(later.get(name)?.timer);later.delete(name);model.set(name,value);isPassedOn(()=>model.save_changes())};const flush=()=>{for(const[name,{timer,value}]of[
...later]){clearTimeout(timer);set(name,value)}};on("msg:custom",(message,buffers=[])=>{const{answer,refused,...rest3}=message;const ask=waiting.get(answer);if(ask){
waiting.delete(answer);clearTimeout(ask.timer);if(line.textContent===BUSY)tell("");if(refused===void 0)ask.done({...rest3,buffers});else ask.fail(new Error(refused))}
for(const does of heard2.get(message.kind)??[])does(message,buffers)});const fall=()=>{const left=[...waiting.values()];waiting.clear();for(const{timer,fail}of left){
clearTimeout(timer);fail(new Error(UNANSWERED))}if(left.length)tell(UNANSWERED,"error")};for(const event of["comm_live_update","comm:close"])on(event,fall);signal.
addEventListener("abort",flush,{once:true});return{signal,tell,set,flush,get:name=>model.get(name),on:(name,does)=>on(`change:${name}`,does),later(name,value){clearTimeout(
later.get(name)?.timer);later.set(name,{value,timer:setTimeout(()=>set(name,value),IDLE_MS)})},hear:(kind,does)=>heard2.set(kind,[...heard2.get(kind)??[],does]),
send:message=>isPassedOn(()=>model.send(message)),ask(message,buffers=[]){asked+=1;const ask=`${performance.timeOrigin}-${asked}`;return new Promise((done,fail)=>{
if(!isPassedOn(()=>model.send({...message,ask},void 0,buffers)))return fail(new Error(GONE));waiting.set(ask,{done,fail,timer:setTimeout(()=>tell(BUSY),SLOW_MS)})})},
async resolve(address){if(/^(data|blob|https?|kernel):/.test(address))return address;return await model.widget_manager?.resolveUrl?.(address)??address}}}var IDLE_MS2=500;function mount(model,place){const end=new AbortController;const told=make("div","told",{role:"status","aria-live":"polite",hidden:true});const wire=makeWire(
model,told,end.signal);const compose=composer(wire,answer=>shelf.show(answer));const shelf=gallery(wire,()=>compose.focus());const root=make("section","hailuo-p\
anel",{"aria-label":"Video panel","data-lm-suppress-shortcuts":"true"},make("div","layout",{},compose.root,make("div","shelf",{},told,shelf.root)));root.addEventListener(
"keydown",event=>{const isTyping=hit(event,"input:not([type='checkbox']),textarea,select,[contenteditable]");if(event.key==="/"&&!isTyping&&!isChord(event)){claim(
event);shelf.focusFilter()}if(event.key==="Enter"&&(event.ctrlKey||event.metaKey)){claim(event);if(!event.repeat)compose.generate()}else if(isTyping&&!event.altKey&&
(event.key==="Enter"||event.key==="Shift")){event.stopPropagation()}},{signal:end.signal});const isLeft=()=>!root.contains(document.activeElement)&&[...root.querySelectorAll(
"video")].every(({paused})=>paused);const leaving=()=>{if(isLeft())wire.send({kind:"left"})};root.addEventListener("focusout",({relatedTarget})=>{if(relatedTarget&&
root.contains(relatedTarget))return;wire.flush();setTimeout(leaving)},{signal:end.signal});wire.hear("rows",({rows})=>{if(rows.some(({final})=>final))setTimeout(
leaving,IDLE_MS2)});wire.hear("told",({words,level})=>wire.tell(words,level));const picture=[...place.childNodes];place.replaceChildren(root);return{root,leave(){
end.abort();if(root.isConnected)root.replaceWith(...picture)}}}function initialize({model}){const places=document.getElementsByClassName(model.get("place"));const views=[];
const look=()=>{for(const place of[...places]){if(views.some(({root})=>root.parentElement===place))continue;const free=views.find(({root})=>!root.isConnected);if(free)
place.replaceChildren(free.root);else views.push(mount(model,place))}};const observer=new MutationObserver(look);observer.observe(document.body,{childList:true,
subtree:true});look();return()=>{observer.disconnect();for(const{leave}of views)leave()}}function render({model,el}){const{leave}=mount(model,el);return leave}var panel_default={
initialize,render};export{panel_default as default};
