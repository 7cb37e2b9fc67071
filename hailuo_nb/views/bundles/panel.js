// panel/panel.js 8cd89dad8fe9d926ece3df7558f7353f80ee078675db5b3507b06dfd3dbf553b
var TOLD_MS=8e3;var SVG="http://www.w3.org/2000/svg";var PATHS={close:"M4 4l8 8M12 4l-8 8",more:"M4 6l4 4 4-4",image:"M2.5 3.5h11v9h-11zM4.5 10.5l2.5-3 2 2 1.5-\
1.5 2 2.5M10.5 6h.01",search:"M7 2.5a4.5 4.5 0 100 9 4.5 4.5 0 000-9zM10.3 10.3L14 14",play:"M5 3.5v9l7-4.5z",check:"M3 8.5l3.5 3.5L13 4.5",hide:"M2 8s2.2-4 6-4\
 6 4 6 4-2.2 4-6 4-6-4-6-4zM3 13L13 3",pencil:"M3 13l.7-2.8L11 2.9l2.1 2.1-7.3 7.3zM9.5 4.4l2.1 2.1",copy:"M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",next:"M3 8h9M8.5\
 4l4 4-4 4",down:"M8 2.5v8M4.5 7.5L8 11l3.5-3.5M3 13.5h10",reuse:"M13 8a5 5 0 11-1.5-3.6M13 2v3h-3"};function make(tag,className="",attributes={},...children){const element=document.
createElement(tag);if(className)element.className=className;for(const[name,value]of Object.entries(attributes)){if(value!=null&&value!==false)element.setAttribute(
name,value===true?"":`${value}`)}element.append(...children.filter(child=>child!==null));return element}function say(element,text){const words=text??"";if(element.
textContent!==words)element.textContent=words;element.hidden=words===""}var change=(element,name,value)=>{if(element.getAttribute(name)!==String(value))element.
setAttribute(name,String(value))};var foreign=text=>make("bdi","",{dir:"auto"},text);var dotted=phrases=>phrases.flatMap((phrase,index)=>index?[" · ",foreign(phrase)]:
[foreign(phrase)]);function svg(drawn,side_px){const[picture,path]=["svg","path"].map(name=>document.createElementNS(SVG,name));picture.setAttribute("viewBox",`\
0 0 ${side_px} ${side_px}`);path.setAttribute("d",drawn);picture.append(path);return picture}function icon(name){const drawn=svg(PATHS[name],16);for(const[key2,
value]of[["width","16"],["height","16"],["aria-hidden","true"],["class","icon"]])drawn.setAttribute(key2,value);return drawn}var sizeWords=bytes=>bytes<1e6?`${Math.
max(1,Math.round(bytes/1e3))} kB`:`${(bytes/1e6).toFixed(1)} MB`;async function copyText(text){try{await navigator.clipboard.writeText(text);return true}catch{return false}}
function paced(speak){let[timer,isDue]=[0,false];function hear(){isDue=timer>0;if(isDue)return;speak();timer=setTimeout(()=>{timer=0;if(isDue)hear()},TOLD_MS)}return{
hear,end:()=>clearTimeout(timer)}}function shared(name,made2){const page=window;page[name]??=made2();return page[name]}var focused=()=>document.activeElement??document.
body;var hit=(event,selector)=>event.target.closest(selector);var childrenOf=element=>[...element.children];var isChord=event=>event.ctrlKey||event.metaKey||event.
altKey;var hears=(target,signal)=>(types,heard2)=>{for(const type of types.split(" "))target.addEventListener(type,heard2,{signal})};function claim(event){event.
preventDefault();event.stopPropagation()}var FIELDS=["image","end_image"];var base=Math.random().toString(36).slice(2,8);var made=0;var uid=word=>{made+=1;return`hailuo-${base}-${word}-${made}`};function list(value){
if(Array.isArray(value))return value.map(String);return String(value??"").split(",").map(one=>one.trim()).filter(Boolean)}var clean=settings=>Object.fromEntries(
Object.entries(settings).filter(([,value])=>value!==void 0&&value!==null&&value!==""&&value!==false&&value.length!==0));var key=settings=>JSON.stringify(Object.
entries(settings).sort());var hasImage=settings=>FIELDS.some(field=>Boolean(settings[field]?.length));function automatic({models,default_model},settings){const short=hasImage(
settings)?default_model.with_image:default_model.without_image;return models.find(model=>model.short===short)??models[0]}function effective(catalogue,settings){
const named=list(settings.model).map(short=>catalogue.models.find(model=>model.short===short)).filter(model=>model!==void 0);return named.length?named:[automatic(
catalogue,settings)]}function takes(catalogue,settings,field){const{with_image,without_image}=catalogue.default_model;const models=settings.model?effective(catalogue,
settings):catalogue.models.filter(({short})=>short===with_image||short===without_image);return Boolean(settings[field]?.length)||models.some(model=>model[`takes\
_${field}`])}var values=(models,name)=>[...new Set(models.flatMap(model=>model.fields[name]??[]))];function standard(models,name){const firsts=new Set(models.map(
model=>model.fields[name]?.[0]).filter(value=>value!==void 0));return firsts.size===1?[...firsts][0]:void 0}function chosen(models,name,settings){const given=list(
settings[name]);if(given.length)return given;return values(models,name).slice(0,1)}var spoken=(option,value)=>option.unit?`${value} ${option.unit}`:value;function refusedBy(model,option,value,settings){
const has=model.fields[option.name];if(!has)return`${model.short} has no setting “${option.label}”.`;if(!has.includes(value))return`${model.short} has no ${option.
label.toLowerCase()} ${spoken(option,value)}.`;const pair=(model.not_together??[]).find(entry2=>entry2.values[option.name]===value&&Object.entries(entry2.values).
every(([name,other])=>name===option.name||chosen([model],name,settings).every(one=>one===other)));return pair?.words??""}function refusal(models,option,value,settings){
const reasons=models.map(model=>refusedBy(model,option,value,settings));return reasons.every(Boolean)?reasons[0]??"":""}function fitting(catalogue,settings){const models=effective(
catalogue,settings);const kept2={...settings};const dropped=[];for(const field of FIELDS){if(!kept2[field]?.length||takes(catalogue,{model:settings.model},field))
continue;delete kept2[field];dropped.push(field==="image"?"the start image":"the end image")}for(const option of catalogue.options){if(option.kind!=="choice"&&option.
kind!=="switch"||kept2[option.name]===void 0)continue;const given=list(kept2[option.name]);const fits=given.filter(value=>!refusal(models,option,value,kept2));if(fits.
length===given.length)continue;kept2[option.name]=fits.join(",");const isFixed=value=>models.every(model=>model.fixed?.includes(spoken(option,value)));const lost=given.
filter(value=>!fits.includes(value)&&!isFixed(value));dropped.push(...lost.map(value=>`${option.label.toLowerCase()} ${spoken(option,value)}`))}return{settings:clean(
kept2),dropped}}function rangeWords(option,has){const numbers=has.map(Number);if(has.length>1&&numbers.every(Number.isFinite))return`up to ${spoken(option,String(
Math.max(...numbers)))}`;return has.map(value=>spoken(option,value)).join(" or ")}function modelWords(catalogue,model){const open=catalogue.options.filter(({kind,
place,name})=>kind==="choice"&&place==="main"&&model.fields[name]?.length);return`${model.short}: ${[model.takes_image?"from an image":"from words alone",...open.
map(option=>rangeWords(option,model.fields[option.name])),...model.fixed??[]].join(", ")}`}var charsMax=models=>Math.min(...models.map(model=>model.prompt_chars_max));function frameWords(frame){if(!frame)return"";const isNamed=Boolean(frame.thumbnail||frame.name)||frame.words===frame.source;return`${isNamed?"":`${frame.source}\
: `}${frame.words.replaceAll(" · "," · ")}`}var small=(words,attributes={})=>make("button","small plain",{type:"button",...attributes},words);function image(id,label){
const the=`the ${label.toLowerCase()}`;const progress={"aria-label":`Sending ${the}`,"aria-valuemin":0,"aria-valuemax":100};return{drop:make("button","drop",{type:"\
button","aria-describedby":`${id}-told`},icon("image"),make("span","",{},"Drop, paste or choose an image")),picture:make("img","",{alt:`${label}, as it will be \
sent`}),called:make("p","called",{dir:"auto"}),words:make("p","quiet",{dir:"auto"}),bar:make("div","bar",{role:"progressbar",...progress},make("span")),replace:small(
"Replace",{"aria-label":`Replace ${the}`}),remove:small("Remove",{"aria-label":`Remove ${the}`}),cancel:small("Cancel")}}function ways(id,label){return{trouble:make(
"p","problem",{dir:"auto",hidden:true}),remedy:make("button","small",{type:"button",hidden:true}),told:make("div","said",{id:`${id}-told`,"aria-live":"polite"}),
url:small("URL",{"aria-expanded":"false"}),samples:small("Samples"),notebook:small("Notebook",{"aria-label":"From the notebook"}),address:make("input","",{type:"\
url","aria-label":`Address of the ${label.toLowerCase()}`,placeholder:"https://…",spellcheck:"false",autocomplete:"off"}),take:make("button","small",{type:"bu\
tton"},"Use it")}}function skeleton(field,label,{types}){const id=uid(field);const parts={...image(id,label),...ways(id,label),optional:make("span","quiet",{},"\
optional"),picker:make("input","",{type:"file",accept:types.join(","),hidden:true,tabindex:-1})};const acts=make("div","acts",{},parts.replace,parts.remove,parts.
cancel);const about=make("div","facts",{},parts.called,parts.words,parts.bar,acts);const filled=make("div","filled",{hidden:true},parts.picture,about);const typed=make(
"div","typed",{hidden:true},parts.address,parts.take);const row=make("div","ways",{},parts.url,parts.samples,parts.notebook);const wrong=make("div","wrong",{"ar\
ia-live":"polite"},parts.trouble);const root=make("div","image-field",{role:"group",tabindex:-1,"aria-labelledby":`${id}-name`,"data-field":field},make("div","h\
ead",{},make("span","legend",{id:`${id}-name`},label),parts.optional),parts.picker,parts.drop,filled,make("div","said-all",{},wrong,parts.remedy,parts.told),row,
typed);return{...parts,filled,typed,ways:row,root}}var FieldView=class{problems=[];constructor(field,label,limits){this.parts=skeleton(field,label,limits)}#keepingFocus(change2){
const{root,cancel,remedy,drop,replace}=this.parts;const had=focused();const isInside=root.contains(had);change2();if(!isInside||had!==root&&root.contains(focused())&&
had.checkVisibility())return;([cancel,remedy,drop,replace].find(button4=>button4.checkVisibility())??root).focus()}draw(task,frame){const{root,drop,filled,bar,replace,
remove,cancel,ways:row,called,words}=this.parts;this.#keepingFocus(()=>{root.dataset.state=task?"busy":frame?"filled":"empty";drop.hidden=Boolean(task||frame);filled.
hidden=!task&&!frame;this.#picture(task?task.preview:frame?.thumbnail);say(called,task?"":frame?.name);say(words,task?task.words:frameWords(frame));bar.hidden=!task;
for(const button4 of[replace,remove])button4.hidden=Boolean(task);cancel.hidden=!task?.canCancel;row.hidden=Boolean(task)});this.share(task);this.tell(task,frame)}#picture(source){
const{picture}=this.parts;picture.hidden=!source;if(!source)picture.removeAttribute("src");else if(picture.getAttribute("src")!==source)picture.src=source}share(task){
const{bar}=this.parts;const share=task?.share??null;const percent=Math.round(100*(share??0));bar.classList.toggle("unknown",task!==null&&share===null);bar.firstChild.
style.width=`${percent}%`;if(share!==null)bar.setAttribute("aria-valuenow",String(percent));else bar.removeAttribute("aria-valuenow")}tell(task,frame){const{told}=this.
parts;const[own,notes]=task?[[],[]]:[frame?.problems??[],frame?.notes??[]];const wrong=[...new Set([...own,...this.problems])];const lines=[...wrong.map(words=>[
"problem",words]),...notes.map(words=>["hint",words])];const key2=JSON.stringify(lines);if(told.dataset.key===key2)return;told.dataset.key=key2;told.replaceChildren(
...lines.map(([kind,words])=>make("p",kind,{dir:"auto"},words)))}trouble(words,remedy){this.#keepingFocus(()=>{say(this.parts.trouble,words);say(this.parts.remedy,
remedy)})}};var Menu=class{#opened=0;#given;constructor(given){const{opener,label,signal}=given;this.#given=given;this.root=make("div","menu",{role:"menu","aria-label":label,
hidden:true});opener.setAttribute("aria-haspopup","menu");opener.setAttribute("aria-expanded","false");opener.addEventListener("click",()=>this.root.hidden?this.#open():
this.#close(),{signal});this.root.addEventListener("keydown",event=>this.#key(event),{signal});this.root.addEventListener("focusout",({relatedTarget})=>this.#leave(
relatedTarget),{signal});document.addEventListener("pointerdown",({target})=>{if(!opener.contains(target))this.#leave(target)},{signal,capture:true})}#close(isKeeping=true){
const{opener}=this.#given;if(this.root.hidden)return;const hadFocus=this.root.contains(focused());this.#opened+=1;this.root.hidden=true;opener.setAttribute("ari\
a-expanded","false");if(isKeeping&&hadFocus)opener.focus()}#leave(to){if(to&&to!==this.#given.opener&&!this.root.contains(to))this.#close(false)}#entry({words,quiet="",
pick}){const button4=make("button","plain",{type:"button",role:"menuitem",tabindex:-1,"aria-disabled":pick?null:"true"},make("bdi","",{dir:"auto"},words),quiet?
make("bdi","quiet",{dir:"auto"},quiet):null);const choose=()=>{this.#close();pick?.()};if(pick)button4.addEventListener("click",choose,{signal:this.#given.signal});
return button4}#fill(found){const hadFocus=this.root.contains(focused());this.root.replaceChildren(...found.map(item=>this.#entry(item)));if(hadFocus)childrenOf(
this.root)[0]?.focus()}async#open(){this.#opened+=1;const mine=this.#opened;this.root.hidden=false;this.#given.opener.setAttribute("aria-expanded","true");this.#fill(
[{words:this.#given.waiting}]);childrenOf(this.root)[0].focus();let found;try{found=await this.#given.items()}catch(error){found=[{words:error.message}]}if(mine===
this.#opened)this.#fill(found)}#key(event){const all=childrenOf(this.root);const at=all.indexOf(focused());const next={ArrowDown:(at+1)%all.length,ArrowUp:(at-1+
all.length)%all.length,Home:0,End:all.length-1}[event.key];if(event.key==="Tab"||event.key==="Escape")this.#close();if(next!==void 0)all[next]?.focus();if(next!==
void 0||event.key==="Escape")claim(event)}};var QUALITIES=[.92,.85,.75];var SIDE_MAX=8192;var SHRINK=.75;var STEPS=12;var typeWords=type=>type.replace(/^image\//,"").replace("jpeg","JPEG").replace(/^(png|gif|bmp|avif|heic|tiff)$/,
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
onShare((part+1)/parts)}}var firstAddress=text=>text.split("\n").find(line=>/^https?:/.test(line))?.trim();var ImageInput=class{#wire;#field;#limits;#view;#parts;#task=null;#again=null;#inside=0;#drawn="";constructor(wire,field,label){
const{image:image2,samples}=wire.get("catalogue");this.#wire=wire;this.#field=field;this.#limits=image2;this.#view=new FieldView(field,label,image2);this.#parts=
this.#view.parts;this.root=this.#parts.root;this.#drawn=JSON.stringify(this.#current);this.#hearButtons();this.#hearDrags();this.#parts.ways.append(this.#samples(
samples),this.#variables());wire.on("frames",()=>this.#told());wire.signal.addEventListener("abort",()=>this.#task?.end.abort(),{once:true});this.#draw()}get#current(){
return this.#wire.get("frames")?.[this.#field]??null}#draw(){this.#view.draw(this.#task,this.#current)}#trouble(words,remedy="",does=null){this.#view.trouble(words&&
this.#current?`${words} The image above stays.`:words,remedy);this.#again=does}#told(){const now=JSON.stringify(this.#current);if(now===this.#drawn)return;this.#drawn=
now;if(!this.#task)this.#trouble("");this.#draw()}async#working(words,preview,does,canCancel=true){this.#task?.end.abort();const end=new AbortController;const mine={
end,words,share:null,preview,canCancel};this.#task=mine;this.#trouble("");this.#draw();try{await does(mine)}catch(error){const again=()=>this.#working(words,null,
does,canCancel);if(!end.signal.aborted)this.#trouble(error.message,"Retry",again)}if(preview)URL.revokeObjectURL(preview);if(this.#task!==mine)return;this.#task=
null;this.#draw()}#cancel(){const end=this.#task?.end;this.#task=null;end?.abort();this.#draw()}#take(file){const wrong=check(file,this.#limits);if(!wrong)return this.#send(
file);this.#task?.end.abort();this.#trouble(wrong.words,wrong.remedy??"",wrong.remedy?()=>this.#makeSmaller(file):null)}#send(file){this.#working(`Sending ${file.
name}`,URL.createObjectURL(file),async mine=>{const{signal}=mine.end;const onShare=share=>{mine.share=share;if(this.#task===mine)this.#view.share(mine)};onShare(
0);try{const way={signal,onShare};const unfit=await send(this.#wire,this.#field,file,this.#limits.piece_bytes,way);if(unfit&&!signal.aborted)this.#trouble(unfit)}catch(error){
if(!signal.aborted)this.#trouble(`${file.name} did not arrive: ${error.message}`,"Retry",()=>this.#send(file))}})}async#makeSmaller(file){let less=null;await this.#working(
"Making it smaller…",URL.createObjectURL(file),async mine=>{const made2=await smaller(file,this.#limits.bytes_max);if(!mine.end.signal.aborted)less=made2});if(less)
this.#take(less)}#use(source){const preview=source?null:this.#current?.thumbnail??null;const ask=()=>this.#wire.ask({kind:"source",field:this.#field,source});this.#working(
source?"Fetching the image…":"Removing…",preview,ask,false)}takeAll(files){this.#take(files[0]);if(files.length>1&&this.#parts.trouble.hidden)this.#wire.tell(
`Only ${files[0].name} was taken: a field holds one image.`)}receive(data){const files=[...data?.files??[]];const address=firstAddress(data?.getData("text/uri-l\
ist")??"");if(files.length)this.takeAll(files);else if(address)this.#use(address);return files.length>0||Boolean(address)}#hearButtons(){const{drop,replace,remove,
cancel,remedy,picker,url,take,typed}=this.#parts;const{signal}=this.#wire;const click=(button4,does)=>button4.addEventListener("click",does,{signal});for(const button4 of[
drop,replace])click(button4,()=>picker.click());click(remove,()=>this.#use(""));click(cancel,()=>this.#cancel());click(remedy,()=>this.#again?.());click(url,()=>this.#openUrl(
Boolean(typed.hidden)));click(take,()=>this.#useAddress());const picked=()=>{this.takeAll([...picker.files??[]]);picker.value=""};picker.addEventListener("chang\
e",picked,{signal});typed.addEventListener("keydown",event=>this.#keyInUrl(event),{signal})}#openUrl(isOpen){const{typed,url,address}=this.#parts;typed.hidden=!isOpen;
url.setAttribute("aria-expanded",String(isOpen));(isOpen?address:url).focus()}#useAddress(){const{address}=this.#parts;const typed=address.value.trim();if(!typed)
return;address.value="";this.#openUrl(false);this.#use(typed)}#keyInUrl(event){const{key:key2,target,ctrlKey,metaKey}=event;const isSending=key2==="Enter"&&target===
this.#parts.address&&!ctrlKey&&!metaKey;if(!isSending&&key2!=="Escape")return;claim(event);if(isSending)this.#useAddress();else this.#openUrl(false)}#hearDrags(){
const{signal}=this.#wire;const{root}=this;root.addEventListener("dragenter",event=>this.#drag(event,1),{signal});root.addEventListener("dragleave",event=>this.#drag(
event,-1),{signal});const over=event=>{event.preventDefault();if(event.dataTransfer)event.dataTransfer.dropEffect="copy"};const drop=event=>{claim(event);this.#drag(
event,-this.#inside);if(!this.receive(event.dataTransfer))this.#trouble("What was dropped is no image file.")};const paste=event=>{const files=[...event.clipboardData?.
files??[]];if(!files.length)return;claim(event);this.takeAll(files)};root.addEventListener("dragover",over,{signal});root.addEventListener("drop",drop,{signal});
root.addEventListener("paste",paste,{signal})}#drag(event,by){if(by>0)event.preventDefault();this.#inside=Math.max(0,this.#inside+by);this.root.classList.toggle(
"over",this.#inside>0)}#samples(samples){const{signal}=this.#wire;const items=()=>samples.map(source=>({words:source.replace(/^sample:/,""),pick:()=>this.#use(source)}));
return new Menu({opener:this.#parts.samples,label:"Samples",waiting:"…",signal,items}).root}#variables(){const{signal}=this.#wire;const items=async()=>{const{
sources}=await this.#wire.ask({kind:"sources"});if(!sources.length)return[{words:"No images among the notebook's variables yet."}];return sources.map(({source,words})=>({
words:source,quiet:words,pick:()=>this.#use(source)}))};const label="Images of the notebook";return new Menu({opener:this.#parts.notebook,label,waiting:"Looking\
…",signal,items}).root}look({shown,needed,problems}){this.root.hidden=!shown;this.#parts.optional.hidden=needed;this.#view.problems=problems;this.#view.tell(this.#task,
this.#current)}};var HOW="Choose two or more: each makes a clip of its own.";function skeleton2(id,{name,label,single:single2,help}){const several=` several: ${label.toLowerCase()}`;
const titled={id:`${id}-name`,for:single2?`${id}-one`:null,title:help||null};const parts={group:make("div","values",{role:"group","aria-labelledby":`${id}-name`}),
compare:make("button","small plain compare",{type:"button","aria-pressed":"false",title:`Compare${several}`},"Compare",make("span","spoken",{},several)),how:make(
"p","quiet",{hidden:true}),why:make("p","quiet why",{id:`${id}-why`,dir:"auto",hidden:true}),problem:make("p","problem",{id:`${id}-problem`,dir:"auto",hidden:true})};
const root=make("div","row",{"data-option":name},make(single2?"label":"span","legend",titled,label),make("div","choice",{},single2??null,parts.group,parts.compare),
make("div","said",{},parts.how,parts.why,parts.problem));return{...parts,root}}var Chips=class{#id;#given;#parts;#isComparing=false;#now={values:[],chosen:[],text:String,
why:()=>""};constructor(given){const{name,canCompare,single:single2,signal}=given;this.#id=uid(name);this.#given=given;this.#parts=skeleton2(this.#id,given);this.
root=this.#parts.root;if(single2)single2.id=`${this.#id}-one`;(single2??this.#parts.group).setAttribute("aria-describedby",`${this.#id}-why ${this.#id}-problem`);
const press=event=>{const one=hit(event,".chip");if(one)this.#press(one.dataset.value??"",canCompare&&(event.shiftKey||event.ctrlKey||event.metaKey))};this.#parts.
group.addEventListener("click",press,{signal});this.#parts.compare.addEventListener("click",()=>this.#toggle(),{signal})}get#isMany(){return this.#isComparing||
this.#now.chosen.length>1}#press(value,isAdding){const{values:values2,chosen:chosen2,why}=this.#now;const isOn=chosen2.includes(value);if(why(value)&&!isOn)return;
if(isAdding)this.#isComparing=true;const isMany=this.#isMany;const wanted=isMany?isOn?chosen2.filter(one=>one!==value):[...chosen2,value]:[value];const inOrder=values2.
filter(one=>wanted.includes(one));if(wanted.length)this.#given.pick(inOrder,{isLone:!isMany});this.draw(this.#now)}#toggle(){const{chosen:chosen2}=this.#now;this.#isComparing=
!this.#isMany;if(!this.#isComparing&&chosen2.length>1)this.#given.pick(chosen2.slice(0,1),{isLone:true});this.draw(this.#now)}#makeChips(values2){const{group}=this.#parts;
if(JSON.stringify(childrenOf(group).map(one=>one.dataset.value))===JSON.stringify(values2))return;const had=group.contains(focused())?focused().dataset.value:void 0;
group.replaceChildren(...values2.map(value=>make("button","chip",{type:"button","data-value":value})));const chip=childrenOf(group).find(one=>one.dataset.value===
had)??childrenOf(group)[0];if(had!==void 0)chip?.focus()}#drawChip(chip){const{value=""}=chip.dataset;const why=this.#now.why(value);const isOn=this.#now.chosen.
includes(value);say(chip,this.#now.text(value));chip.setAttribute("aria-pressed",String(isOn));chip.ariaDisabled=why&&!isOn?"true":null;chip.title=why;if(why)chip.
setAttribute("aria-describedby",`${this.#id}-why`);else chip.removeAttribute("aria-describedby");return why}draw(next){const{group,compare,how,why}=this.#parts;
const{single:single2,canCompare}=this.#given;this.#now=next;this.#makeChips(next.values);const isOpen=this.#isMany;const reasons=childrenOf(group).map(one=>this.#drawChip(
one));if(single2){single2.hidden=isOpen;group.hidden=!isOpen}compare.hidden=!canCompare||next.values.length<2&&!isOpen;compare.setAttribute("aria-pressed",String(
isOpen));say(how,isOpen&&next.chosen.length<2?HOW:"");say(why,[...new Set(reasons.filter(Boolean))].join(" "))}problem(words){say(this.#parts.problem,words);(this.#given.
single??this.#parts.group).toggleAttribute("data-wrong",Boolean(words))}};var Keeper=class{#wire;#touched;#typed={};constructor(wire,touched){this.#wire=wire;this.#touched=touched;wire.on("settings",()=>{const[mine,said]=[this.current,
this.#said];const isTold=Object.keys(this.#typed).every(name=>JSON.stringify(said[name])===JSON.stringify(mine[name]));if(isTold)this.#typed={};else wire.later(
"settings",mine)})}get#said(){return this.#wire.get("settings")??{}}get current(){return clean({...this.#said,...this.#typed})}get isTyping(){return Object.keys(
this.#typed).length>0}type(changes){this.#typed={...this.#typed,...changes};this.#touched();this.#wire.later("settings",this.current)}put(changes){const next=clean(
{...this.current,...changes});if(key(next)===key(this.#said))this.#typed={};else this.replace(next)}replace(next){this.#typed={};this.#touched();this.#wire.set(
"settings",next)}};var NAME={name:"name",label:"Name",kind:"text",place:"main",help:"what the clip is called, and the notebook's variable for it"};var BAD_NAME="Use letters, digit\
s and _ only, with no digit first.";var isName=words=>words===""||/^[\p{L}_][\p{L}\p{N}_]*$/u.test(words);var nameTrouble=(words,{keywords=[]})=>keywords.includes(
words)?`${words} is a word of Python's own: use another.`:isName(words)?"":BAD_NAME;function saidOf(id,help){const problem=make("p","problem",{id:`${id}-problem`,
dir:"auto",hidden:true});return{problem,said:make("div","said",{},make("p","quiet",{id:`${id}-help`},help),problem)}}function textField(option,{keep,signal,catalogue}){
const id=uid(option.name);const described=`${id}-help ${id}-problem`;const attributes={id,type:"text",autocomplete:"off",spellcheck:"false","aria-describedby":described};
const input=make("input","",attributes);const{problem,said}=saidOf(id,option.help);const label=make("label","legend",{for:id},option.label);const root=make("div",
"row",{"data-option":option.name},label,input,said);let told="";const judge=()=>{const words=told||(option===NAME?nameTrouble(input.value.trim(),catalogue):"");
say(problem,words);input.setAttribute("aria-invalid",String(Boolean(words)))};const typed=()=>{keep.type({[option.name]:input.value.trim()});judge()};input.addEventListener(
"input",typed,{signal});return{root,draw(settings){const value=String(settings[option.name]??"");if(value!==input.value.trim())input.value=value;judge()},problem:words=>{
told=words;judge()}}}function flagBox(option,{keep,signal}){const id=uid(option.name);const box=make("input","",{id,type:"checkbox","aria-describedby":`${id}-he\
lp ${id}-problem`});const{problem,said}=saidOf(id,option.help);const label=make("label","legend",{for:id},option.label);box.addEventListener("change",()=>keep.put(
{[option.name]:box.checked}),{signal});return{root:make("div","row flag",{"data-option":option.name},box,label,said),draw:settings=>{box.checked=Boolean(settings[option.
name])},problem:words=>say(problem,words)}}function valueRow(option,{keep,signal,catalogue}){const models=()=>effective(catalogue,keep.current);const row=new Chips(
{name:option.name,label:option.label,help:option.help,canCompare:option.several==="commas",signal,pick(values2,{isLone}){const isStandard=isLone&&values2[0]===standard(
models(),option.name);const isForeign=values(models(),option.name).length===0;keep.put({[option.name]:isStandard||isForeign?void 0:values2.join(",")})}});return{
root:row.root,problem:words=>row.problem(words),draw(settings){const has=values(models(),option.name);const given=list(settings[option.name]);row.root.hidden=has.
length===0&&given.length===0;row.draw({values:[...new Set([...has,...given])],chosen:chosen(models(),option.name,settings),text:value=>spoken(option,value),why:value=>refusal(
models(),option,value,settings)})}}}var ModelRow=class{#keep;#catalogue;#row;#select=make("select");#lost=make("p","quiet",{role:"status",hidden:true});#lostFrom="";constructor({
keep,signal,catalogue}){this.#keep=keep;this.#catalogue=catalogue;this.#row=new Chips({name:"model",label:"Model",canCompare:true,single:this.#select,signal,pick:values2=>this.#choose(
values2.join(","))});this.root=this.#row.root;this.root.append(this.#lost);const words=model=>modelWords(catalogue,model);this.#select.append(make("option","",{
value:""}),...catalogue.models.map(model=>make("option","",{value:model.short},words(model))));this.#select.addEventListener("change",()=>this.#choose(this.#select.
value||void 0),{signal})}#choose(model){const{settings,dropped}=fitting(this.#catalogue,{...this.#keep.current,model});this.#keep.replace(settings);this.#lostFrom=
key(settings);const why=`Left out, as ${model||"the automatic choice"} has no such thing: ${dropped.join(", ")}.`;say(this.#lost,dropped.length?why:"")}settle(){
say(this.#lost,"")}problem(words){this.#row.problem(words)}draw(settings){const named=list(settings.model);if(key(settings)!==this.#lostFrom)this.settle();const automatic2=automatic(
this.#catalogue,settings).short;this.#select.options[0].textContent=`Automatic (${automatic2})`;this.#select.value=named.length===1?settings.model:"";this.#row.
draw({values:this.#catalogue.models.map(({short})=>short),chosen:named.length?named:[automatic2],text:String,why:()=>""})}};var MADE={choice:valueRow,switch:valueRow,
text:textField,flag:flagBox};var Options=class{#keep;#shown;#model;#rows;#count=make("span","quiet");#more;constructor(wire,touched){const catalogue=wire.get("c\
atalogue");this.#keep=new Keeper(wire,touched);const form={keep:this.#keep,signal:wire.signal,catalogue};const all=[NAME,...catalogue.options.filter(({name})=>name!==
NAME.name)];this.#shown=all.filter(({kind})=>kind in MADE);this.#model=new ModelRow(form);this.#rows=new Map([["model",this.#model]]);for(const option of this.#shown)
this.#rows.set(option.name,MADE[option.kind](option,form));const[called,...main]=this.#at("main");this.#more=make("details","rest",{},make("summary","",{},"More\
 options ",this.#count),...this.#at("more"));this.root=make("div","options",{},called,this.#model.root,...main,this.#more);wire.on("settings",()=>this.draw());this.
draw()}#at(place){const here=this.#shown.filter(option=>option.place===place);return here.flatMap(({name})=>this.#rows.get(name)?.root??[])}get settings(){return this.#keep.
current}get isTyping(){return this.#keep.isTyping}has(name){return this.#rows.has(name)}settle(){this.#model.settle()}draw(){const{settings}=this;for(const row of this.#rows.
values())row.draw(settings);const set=this.#shown.filter(({place,name})=>place==="more"&&settings[name]!==void 0).length;say(this.#count,set?`${set} set`:"")}problems(words){
for(const[name,row]of this.#rows)row.problem(words.get(name)??"");if(this.#shown.some(({place,name})=>place==="more"&&words.has(name)))this.#more.open=true}};var COPIED_MS=2e3;var button=(as,words)=>make("button","small plain",{type:"button","data-as":as},icon("copy"),make("span","",{"data-words":words},words));var Copies=class{#wire;#read;#failed;#spoken=make(
"span","spoken",{role:"status"});text=make("textarea","copied",{readonly:true,rows:4,"aria-label":"The text to copy",spellcheck:"false",hidden:true});#timers=new Map;constructor(wire,read,failed){
const buttons=[button("cell","Copy as cell"),button("python","Copy as Python")];const{signal}=wire;this.#wire=wire;this.#read=read;this.#failed=failed;this.row=
make("div","copies",{},...buttons,this.#spoken);for(const one of buttons)one.addEventListener("click",()=>this.#copy(one),{signal});signal.addEventListener("abo\
rt",()=>this.#timers.forEach(clearTimeout),{once:true})}async#copy(one){const words=one.lastChild;try{const{text}=await this.#wire.ask({kind:"copy",as:one.dataset.
as,...this.#read()});this.text.value=text;this.text.hidden=await copyText(text);say(words,this.text.hidden?"Copied":"Copy the selected text below");say(this.#spoken,
words.textContent);if(!this.text.hidden){this.text.focus();this.text.select()}}catch(error){this.#failed(error.message)}const rest3=()=>{say(words,words.dataset.
words);say(this.#spoken,"")};clearTimeout(this.#timers.get(one));this.#timers.set(one,setTimeout(rest3,COPIED_MS))}};var STALE_MS=150;var GIVE_UP_MS=3e3;var SENDING="Sending…";var ALREADY="Something was sent meanwhile: look in the gallery, then press once more.";var paragraphs=(kind,words)=>words.
map(one=>make("p",kind,{dir:"auto"},one));function fill(element,key2,children){if(element.dataset.key===key2)return;element.dataset.key=key2;element.replaceChildren(
...children());element.hidden=element.classList.contains("said")&&element.childElementCount===0}function skeleton3(){const id=uid("price");const parts={lines:make(
"ul","lines",{id:`${id}-lines`}),go:make("button","primary go",{type:"button"}),again:make("button","again",{type:"button",hidden:true}),back:make("button","sma\
ll plain back",{type:"button",hidden:true},"Not now"),confirm:make("p","hint",{dir:"auto",hidden:true}),outcome:make("p","outcome",{dir:"auto",hidden:true}),problems:make(
"div","said"),notes:make("div","said")};const live={id:`${id}-said`,"aria-live":"polite"};const said=make("div","said",live,parts.confirm,parts.outcome,parts.problems,
parts.notes);const stand=[parts.lines,parts.go,parts.again,said,parts.back];return{...parts,said,root:make("div","price",{"data-state":"ready"},...stand)}}var keyOf=({
prompt,settings})=>JSON.stringify([prompt,key(settings)]);var Price=class{#wire;#about;#parts=skeleton3();#late=0;#given=0;#rows=1;#isStale=false;#isLate=false;#isVoid=false;#isSending=false;#sentTurn;#confirming=null;#quoted;constructor(wire,about){
const{root,go,again,back}=this.#parts;const{signal}=wire;this.#wire=wire;this.#about=about;this.root=root;this.#quoted=this.#toldForm();const copies=new Copies(
wire,about.read,words=>this.#outcome(words,"error"));root.append(copies.row,copies.text);this.#hearButton(go,false);this.#hearButton(again,true);const goBack=()=>{
this.back();go.focus()};back.addEventListener("click",goBack,{signal});wire.on("quote",()=>{this.#confirming=null;this.#quoted=this.#toldForm();if(about.isTyping())
this.draw();else this.#fresh()});const end=()=>{clearTimeout(this.#late);clearTimeout(this.#given)};signal.addEventListener("abort",end,{once:true});this.draw()}#hearButton(button4,isAgain){
const{signal}=this.#wire;const click=({detail})=>{if(detail<2)this.press(isAgain)};const key2=event=>{if(event.repeat&&(event.key==="Enter"||event.key===" "))event.
preventDefault()};button4.addEventListener("click",click,{signal});button4.addEventListener("keydown",key2,{signal})}#toldForm(){const settings=clean(this.#wire.
get("settings")??{});return keyOf({prompt:this.#wire.get("prompt")??"",settings})}get#quote(){const told=this.#wire.get("quote")??{};return this.#isVoid?{turn:told.
turn,due:0,credits:0}:told}#confirmOf(which){const{confirm,again}=this.#quote;return(which==="go"?confirm:again?.confirm)??null}#goWords(confirm){if(this.#isSending)
return SENDING;if(confirm)return confirm.button;if(this.#isVoid)return"Generate …";const{button:button4="Generate"}=this.#quote;return this.#isLate?`${button4.
split(", ")[0].replace(/\d[\d.,]*/g,"…")}, …`:button4}draw(){const{root,go,again:more,confirm:told,back}=this.#parts;const{can_send=false,again}=this.#quote;
const confirm=this.#confirming&&this.#confirmOf(this.#confirming);const isShown=Boolean(confirm)&&!this.#isSending;const isBlocked=this.#isSending||!can_send&&!this.#isStale;
const resting=this.#isLate?"stale":"ready";root.dataset.state=this.#isSending?"sending":isShown?"confirm":resting;this.#drawLines();say(go,this.#goWords(confirm));
go.ariaDisabled=isBlocked?"true":null;say(more,again&&!isShown?again.button:"");more.ariaDisabled=this.#isSending?"true":null;say(told,isShown?confirm?.words??"":
"");if(!isShown&&document.activeElement===back)go.focus();back.hidden=!isShown;this.#drawProblems()}get#isEmpty(){return this.#about.isQuiet()&&!this.#quote.lines?.
length}#drawLines(){const{lines:list2,go,said}=this.#parts;const{clips=0,lines=[],notes=[]}=this.#quote;const shown=this.#isEmpty?notes:lines;fill(list2,JSON.stringify(
shown),()=>shown.map(line=>make("li","",{dir:"auto"},line)));list2.toggleAttribute("data-priced",clips>0);this.#rows=Math.max(this.#rows,shown.length);list2.style.
minHeight=`${this.#rows}lh`;go.setAttribute("aria-describedby",this.#isEmpty?`${list2.id} ${said.id}`:said.id)}#drawProblems(){const{problems:list2,notes:hints}=this.#parts;
const{can_send=false,problems=[],notes=[]}=this.#quote;const[isQuiet,isEmpty]=[this.#about.isQuiet(),this.#isEmpty];const here=problems.filter(({field})=>!this.#about.
placed(field)).map(({words})=>words);const elsewhere=problems.length>here.length&&!can_send?["Not yet: see the words marked above."]:[];fill(list2,JSON.stringify(
[here,elsewhere,isQuiet]),()=>[...paragraphs(isQuiet?"quiet":"problem",here),...paragraphs("quiet",elsewhere)]);fill(hints,JSON.stringify([notes,isEmpty]),()=>isEmpty?
[]:paragraphs("hint",notes))}#fresh(){clearTimeout(this.#late);clearTimeout(this.#given);this.#isStale=this.#isLate=this.#isVoid=false;this.draw()}#giveUp(){if(keyOf(
this.#about.form())===this.#quoted)return this.#fresh();this.#isVoid=true;this.draw()}touched(){this.#confirming=null;this.#isStale=true;say(this.#parts.outcome,
"");clearTimeout(this.#given);this.#given=setTimeout(()=>this.#giveUp(),GIVE_UP_MS);if(!this.#isLate){clearTimeout(this.#late);this.#late=setTimeout(()=>{this.#isLate=
this.#isStale;this.draw()},STALE_MS)}this.draw()}#outcome(words,level){const{outcome}=this.#parts;say(outcome,words);outcome.className=`outcome ${level==="error"?
"problem":"quiet"}`;if(level==="error")this.#wire.tell(words,"error")}async#send(isAgain){const{turn,due,credits,clips,again}=this.#quote;const seen=isAgain&&again?
{due:again.due??clips,credits:again.credits}:{due,credits};const confirmed=this.#confirming!==null;this.#isSending=true;this.#confirming=null;this.#wire.tell("");
this.#outcome("","");this.draw();try{const form=this.#about.read();const answer=await this.#wire.ask({kind:"generate",turn,...form,seen,confirmed,again:isAgain});
if(!answer.changed)this.#sentTurn=turn;if(answer.changed||answer.ignored)this.#outcome(answer.words??ALREADY,"");else this.#about.made(answer)}catch(error){this.#outcome(
error.message,"error")}this.#isSending=false;this.draw()}press(wantsAgain=false){if(this.#isSending)return;this.#about.read();const isAgain=wantsAgain||this.#confirming===
"again";const{turn,can_send,again}=this.#quote;const which=isAgain?"again":"go";if(turn!==void 0&&turn===this.#sentTurn)return;if(isAgain?!again:!can_send&&!this.#isStale)
return;if(this.#confirmOf(which)&&this.#confirming!==which){this.#confirming=which;this.draw();if(isAgain)this.#parts.go.focus();return}this.#send(isAgain)}back(){
const was=this.#confirming!==null;this.#confirming=null;this.draw();return was}};var NARROW_PX=560;function insert(area,words){area.focus();const before=area.value;if(document.execCommand("insertText",false,words)&&area.value!==before)return;
area.setRangeText(words,area.selectionStart,area.selectionEnd,"end");area.dispatchEvent(new Event("input",{bubbles:true}))}var CameraRow=class{#buttons;#area;#more=make(
"button","small plain fold",{type:"button","aria-expanded":"false",hidden:true});#isOpen=false;#width_px=0;constructor(cameras,area,signal){this.#area=area;this.#buttons=
cameras.map(({name,does})=>make("button","small camera",{type:"button",title:does,"data-name":name},name));const named={role:"group","aria-label":"Camera comman\
ds"};this.root=make("div","cameras",named,...this.#buttons,this.#more);const keepCaret=event=>{if(hit(event,".camera"))event.preventDefault()};const write=event=>this.#write(
hit(event,".camera")?.dataset.name);const toggle=()=>{this.#isOpen=!this.#isOpen;this.#fold()};this.root.addEventListener("mousedown",keepCaret,{signal});this.root.
addEventListener("click",write,{signal});this.#more.addEventListener("click",toggle,{signal});const observer=new ResizeObserver(([{contentRect}])=>this.#resize(
Math.round(contentRect.width)));observer.observe(this.root);signal.addEventListener("abort",()=>observer.disconnect(),{once:true})}#write(name){if(!name)return;
const before=this.#area.value.slice(0,this.#area.selectionStart);insert(this.#area,`${before&&!/[\s{|]$/.test(before)?" ":""}[${name}] `)}#resize(width_px){if(width_px===
this.#width_px)return;this.#width_px=width_px;this.#fold()}#fold(){const[more,buttons]=[this.#more,this.#buttons];for(const button4 of buttons)button4.hidden=false;
const isNarrow=this.#width_px>0&&this.#width_px<NARROW_PX;say(more,this.#isOpen?"Fewer":`All ${buttons.length}`);more.setAttribute("aria-expanded",String(this.#isOpen));
more.hidden=!isNarrow;if(!isNarrow||this.#isOpen)return;for(let last=buttons.length-1;last>0&&more.offsetTop>buttons[0].offsetTop;last-=1)buttons[last].hidden=true}};var SHOWN=3;var entry=({label,text})=>make("li","",{},label?make("strong","",{},foreign(label)):null,make("p","",{dir:"auto"},text));var leftOut=([label,reason])=>make(
"li","",{},make("strong","",{},foreign(label))," ",foreign(reason));var Preview=class{#parts={title:make("summary"),first:make("ol"),rest:make("ol"),more:make("\
summary"),others:make("p","quiet"),left:make("ul","left-out")};#drawn="";constructor(){const{title,first,rest:rest3,more,others,left}=this.#parts;this.fold=make(
"details","",{hidden:true},more,rest3);this.made=make("details","made",{open:true,hidden:true},title,first,this.fold,others);this.out=make("details","made",{open:true,
hidden:true},make("summary","",{},"Left out"),left)}draw({prompts:made2=[],more_prompts=0,left_out=[]}){const{title,first,rest:rest3,more,others,left}=this.#parts;
const key2=JSON.stringify([made2,more_prompts,left_out]);if(key2===this.#drawn)return;this.#drawn=key2;this.made.hidden=made2.length<2;say(title,`Makes ${made2.
length+more_prompts} prompts`);first.replaceChildren(...made2.slice(0,SHOWN).map(entry));rest3.replaceChildren(...made2.slice(SHOWN).map(entry));say(more,`${Math.
max(0,made2.length-SHOWN)} more`);this.fold.hidden=made2.length<=SHOWN;say(others,more_prompts?`and ${more_prompts} others`:"");this.out.hidden=left_out.length===
0;left.replaceChildren(...left_out.map(leftOut))}};function skeleton4(id){const code=words=>make("code","",{},words);return{area:make("textarea","",{id,rows:4,spellcheck:"\
true",dir:"auto","aria-describedby":`${id}-count ${id}-how ${id}-problem`,placeholder:"What should happen? For example: A paper boat drifts down a rainy street."}),
count:make("span","quiet count",{id:`${id}-count`}),how:make("p","quiet how",{id:`${id}-how`}),problem:make("p","problem",{id:`${id}-problem`,dir:"auto",hidden:true}),
example:[code("{slow|fast}")," tries both; a line ",code("---")," starts another prompt."]}}var PromptField=class{#wire;#told;#parts;#preview=new Preview;#isMine=false;#said=[];constructor(wire,told){
const id=uid("prompt");const{signal}=wire;const{cameras}=wire.get("catalogue");this.#wire=wire;this.#told=told;this.#parts=skeleton4(id);const{area,count,how,problem,
example}=this.#parts;how.append(...example);this.area=area;this.root=make("div","script",{},make("div","head",{},make("label","legend",{for:id},"Prompt"),count),
area,make("div","said",{"aria-live":"polite"},problem),new CameraRow(cameras,area,signal).root,how,this.#preview.made,this.#preview.out);area.addEventListener("\
input",()=>this.#typed(),{signal});area.addEventListener("blur",()=>wire.flush(),{signal});wire.on("prompt",()=>{this.#follow();told.changed()});wire.on("quote",
()=>this.#drawQuote());this.#follow();this.#drawQuote()}get text(){return this.area.value}get isTyping(){return this.#isMine}problems(words){this.#said=words;this.#count()}#typed(){
this.#isMine=this.text!==this.#wire.get("prompt");this.#told.touched();this.#wire.later("prompt",this.text);this.#grow();this.#count()}#follow(){const told=this.#wire.
get("prompt")??"";if(this.#isMine&&told!==this.text)return;this.#isMine=false;if(this.text!==told)this.area.value=told;this.#grow();this.#count()}#drawQuote(){this.#preview.
draw(this.#wire.get("quote")??{});this.#count()}#grow(){if(CSS.supports("field-sizing","content"))return;this.area.style.height="auto";this.area.style.height=`${this.
area.scrollHeight+2}px`}#count(){const{area,count,problem}=this.#parts;const quote=this.#wire.get("quote")??{};const isMade=quote.prompts?.length>1||this.text.includes(
"{{");const chars=isMade&&quote.chars!==void 0?quote.chars:[...this.text].length;const max=this.#told.limit();const over=chars-max;say(count,`${isMade?"longest ":
""}${chars} / ${max}${over>0?`, ${over} too many`:""}`);count.classList.toggle("over",over>0);const tooLong=over>0?`The prompt is ${over} characters too long fo\
r this model.`:"";const words=this.#said.join(" ")||tooLong;say(problem,words);area.setAttribute("aria-invalid",String(Boolean(words)))}};var Composer=class{#wire;#catalogue;#prompt;#images;#fields;#options;#price;constructor(wire,made2){const touched=()=>this.#price?.touched();const changed2=()=>void this.#price?.
back();this.#wire=wire;this.#catalogue=wire.get("catalogue");this.#prompt=new PromptField(wire,{limit:()=>this.#limit,touched,changed:changed2});this.#images={image:new ImageInput(
wire,"image","Start image"),end_image:new ImageInput(wire,"end_image","End image")};this.#fields=make("div","frames",{},this.#images.image.root,this.#images.end_image.
root);this.#options=new Options(wire,touched);this.#price=this.#makePrice(this.#options,made2);const parts=[this.#prompt.root,this.#fields,this.#options.root,this.#price.
root];const named={role:"region","aria-label":"Compose"};this.root=make("div","composer",named,make("div","composing",{},...parts));this.#hear();wire.on("settin\
gs",()=>{changed2();this.#arrange()});wire.on("quote",()=>this.#arrange());this.#arrange()}#makePrice(options,made2){const form=()=>({prompt:this.#prompt.text,settings:this.#settings});
return new Price(this.#wire,{form,read:()=>{this.#wire.flush();return form()},placed:field=>field==="prompt"&&this.#isBegun||options.has(field)||this.#shown.some(
([name])=>name===field),isTyping:()=>this.#prompt.isTyping||options.isTyping,isQuiet:()=>!this.#isBegun,made:answer=>{options.settle();made2(answer)}})}get#settings(){
return this.#options?.settings??this.#wire.get("settings")??{}}get#limit(){return charsMax(effective(this.#catalogue,this.#settings))}get#isBegun(){return this.#prompt.
text!==""}get#shown(){const fields=Object.entries(this.#images);return fields.filter(([field])=>takes(this.#catalogue,this.#settings,field))}#arrange(){const problems=this.#wire.
get("quote")?.problems??[];const of=name=>problems.filter(({field})=>field===name).map(({words})=>words);const[settings,shown,options]=[this.#settings,this.#shown,
this.#options];const models=effective(this.#catalogue,settings);const isNeeded=Boolean(settings.model)&&models.every(model=>model.takes_image);for(const[field,image2]of Object.
entries(this.#images)){const isShown=shown.some(([name])=>name===field);image2.look({shown:isShown,needed:field==="image"&&isNeeded,problems:of(field)})}this.#fields.
hidden=shown.length===0;this.#prompt.problems(this.#isBegun?of("prompt"):[]);const placed=problems.filter(({field})=>options?.has(field));options?.problems(new Map(
placed.map(({field})=>[field,of(field).join(" ")])));this.#price?.draw()}get#receiver(){return this.#shown[0]?.[1]}#hear(){const{signal}=this.#wire;const paste=event=>{
const data=event.clipboardData;if(!data?.files.length||data.getData("text/plain")||!this.#receiver)return;event.preventDefault();this.#receiver.takeAll([...data.
files])};const over=event=>{if(event.dataTransfer?.types.includes("Files"))event.preventDefault()};const drop=event=>{if(!event.dataTransfer?.files.length)return;
event.preventDefault();this.#receiver?.receive(event.dataTransfer)};const back=event=>{if(event.key==="Escape"&&this.#price?.back())event.stopPropagation()};this.#prompt.
area.addEventListener("paste",paste,{signal});this.root.addEventListener("dragover",over,{signal});this.root.addEventListener("drop",drop,{signal});this.root.addEventListener(
"keydown",back,{signal})}generate(){this.#price?.press()}focus(){this.#prompt.area.focus()}};var STAR="M7 .8l1.9 4 4.3.5-3.2 3 .9 4.3L7 10.5l-3.9 2.1.9-4.3-3.2-3 4.3-.5z";var SLOW_MS=3e3;var BUSY="The kernel is busy with a cell; this is kept when that e\
nds.";var CSS2=`.hailuo-rating{font-size:12px;margin:6px 0 0;--gold:#d97706;
>div{display:flex;flex-wrap:wrap;gap:2px 0;align-items:center}
[hidden]{display:none!important}
button{display:inline-block;box-sizing:border-box;width:auto;min-width:24px;height:26px;min-height:0;margin:0;padding:0 3px;
border:1px solid transparent;border-radius:4px;background:none;color:inherit;font:inherit;cursor:pointer}
button:hover{background:#80808033}
:focus-visible{outline:2px solid var(--accent,#1976d2);outline-offset:-1px}
.star:has(+:not(.star)){margin-right:6px}
button:not(.star){margin-right:2px;padding:0 7px;border-color:#80808080}
.wins[aria-pressed=true]{border-color:var(--gold);font-weight:600;background:#f59e0b2e}
svg{display:block;width:16px;height:16px;fill:none;stroke:currentColor;stroke-width:1.1;opacity:.75}
.on svg{fill:var(--gold);stroke:var(--gold);opacity:1}
p{margin:3px 0 0;padding:0;overflow-wrap:anywhere;white-space:pre-wrap}
.trouble{border-left:3px solid var(--gold);padding-left:8px}
form{display:grid;gap:4px;margin:4px 0 0;max-width:340px}
label{display:grid;gap:1px}
:is(input,textarea){box-sizing:border-box;width:100%;min-width:0;margin:0;padding:3px 6px;border:1px solid #80808099;border-radius:4px;
background:var(--jp-layout-color1,var(--vscode-input-background,Canvas));color:inherit;font:inherit;resize:vertical}}
@media (hover:none),(pointer:coarse){.hailuo-rating button{min-width:34px;height:36px}}
@media (forced-colors:active){.hailuo-rating .on svg{fill:Highlight;stroke:Highlight;forced-color-adjust:none}
.hailuo-rating .wins[aria-pressed=true]{color:HighlightText;background:Highlight;forced-color-adjust:none}}
@media print{.hailuo-rating :is(button:not(.on),form){display:none}}`;var NOT_RATED={stars:null,note:"",tags:[],wins:false};var wordsOf=text=>[...new Set(text.split(
/\s+/).map(word=>word.replace(/^#/,"")))].filter(Boolean);function changed(rating,{stars,wins,note,add=[],drop=[]}){return{stars:stars===void 0?rating.stars:stars||
null,wins:wins??rating.wins,note:note?note[1]:rating.note,tags:[...new Set([...rating.tags,...add])].filter(tag=>!drop.includes(tag)).sort()}}var button2=(kind,title,attributes,shown)=>make(
"button",kind,{type:"button",title,tabindex:"-1",...attributes},shown);function makeStar(number2){const words=`${number2} star${number2>1?"s":""}`;return button2(
"star",`${words} (${number2}); again takes them back`,{"aria-label":words},svg(STAR,14))}function skeleton5(label){const stars=[1,2,3,4,5].map(makeStar);const wins=button2(
"wins","This one wins (W)",{"aria-label":"This one wins"},"Wins");const more=button2("more","A note and tags (N)",{"aria-label":"Note and tags","aria-expanded":"\
false"},"Note");const tags=make("input","",{type:"text",autocomplete:"off",spellcheck:"false",maxlength:2100});const note=make("textarea","",{rows:2,maxlength:2e3,
dir:"auto"});const form=make("form","",{hidden:true},make("label","",{},"Tags, apart by blanks",tags));form.append(make("label","",{},"Note",note));const told=make(
"p","",{hidden:true});const trouble=make("p","trouble",{role:"status",hidden:true});const bar=make("div","",{},...stars,wins,more);const root=make("div","hailuo\
-rating",{role:"group","aria-label":`Your rating of ${label}`,"data-lm-suppress-shortcuts":"true"},bar,told,trouble);return{root,bar,stars,wins,more,form,tags,note,
told,trouble}}function makeRating(label,ask){const parts=skeleton5(label);const{root,bar,stars,wins,more,form,tags,note,told,trouble}=parts;const buttons=[...stars,
wins,more];let[rating,asked2]=[NOT_RATED,0];function draw2(now){stars.forEach((one,index)=>{one.classList.toggle("on",index<(now.stars??0));one.ariaPressed=String(
index+1===now.stars)});wins.ariaPressed=String(now.wins);if(!form.hidden)fill3(now);told.replaceChildren(...now.tags.flatMap(tag=>[foreign(`#${tag}`)," "]),...now.
note?[now.tags.length?"· ":"",foreign(now.note)]:[]);told.hidden=!told.textContent||!form.hidden;if(!ask)showOnly(now);if(!buttons.some(one=>one.tabIndex===0))
tabTo2(stars[0])}function fill3(now){if(document.activeElement!==tags)tags.value=now.tags.join(" ");if(document.activeElement!==note)note.value=now.note}function showOnly(now){
for(const one of buttons)one.disabled=true;wins.hidden=!now.wins;more.hidden=true;root.hidden=!now.stars&&!now.wins&&told.hidden}async function keep(change2){if(!ask)
return;asked2+=1;const mine=asked2;say(trouble,"");draw2(changed(rating,change2));const slow=setTimeout(()=>say(trouble,BUSY),SLOW_MS);try{rating=await ask(change2);
if(mine===asked2)say(trouble,"")}catch(error){say(trouble,error.message)}clearTimeout(slow);if(mine===asked2)draw2(rating)}function tabTo2(to){for(const one of buttons)
one.tabIndex=one===to?0:-1}const star=number2=>keep({stars:number2===rating.stars?0:number2});function unfold(to=form.hidden){if(to)told.after(form);form.hidden=
!to;more.ariaExpanded=String(to);draw2(rating);if(to)tags.focus();else more.focus()}function keepTags(){const[before,after]=[rating.tags,wordsOf(tags.value)];const add=after.
filter(tag=>!before.includes(tag));const drop=before.filter(tag=>!after.includes(tag));if(add.length+drop.length)keep({add,drop})}function keepNote(){const after=note.
value.trim();if(after!==rating.note)keep({note:[rating.note,after]})}function key2(event){const target=event.target;const at=buttons.indexOf(target);if(at<0){event.
stopPropagation();if(event.key==="Escape")unfold(false);if(event.key==="Enter"&&(event.ctrlKey||event.metaKey))unfold(false);return}const to={ArrowLeft:(at||buttons.
length)-1,ArrowRight:(at+1)%buttons.length,Home:0,End:buttons.length-1}[event.key];const does={w:()=>wins.click(),n:()=>unfold(true)}[event.key];if(isChord(event))
return;if(to!==void 0)buttons[to].focus();else if(/^[1-5]$/.test(event.key)){stars[Number(event.key)-1].focus();star(Number(event.key))}else if(event.key==="0")
keep({stars:0});else if(does)does();else return;claim(event)}stars.forEach((one,index)=>{one.onclick=()=>star(index+1)});wins.onclick=()=>keep({wins:wins.ariaPressed!==
"true"});more.onclick=()=>unfold();tags.onchange=keepTags;note.onchange=keepNote;form.onsubmit=event=>{event.preventDefault();unfold(false)};root.addEventListener(
"keydown",key2);bar.addEventListener("focusin",({target})=>tabTo2(target));draw2(rating);return{root,tell(now){rating=now;draw2(changed(now,{}))},at:()=>[...buttons,
tags,note].indexOf(document.activeElement),focus(at){if(at>=buttons.length)unfold(true);[...buttons,tags,note][at]?.focus({preventScroll:true})}}}function describe({dataset},{id,file,line},prompt){if(id)Object.assign(dataset,{task:id,file,line,prompt})}var COPIES={"Copy prompt":({prompt})=>prompt,"Copy as\
 cell":({line,prompt})=>`${line}
${prompt}`,"Last frame":({task})=>`--image clip:${task}`,"Show in history":({task})=>`%hailuo history ${task}`};var save=({src},file="clip.mp4")=>make("a","",{href:src,
download:file}).click();function enlarge(video){const{controls}=video;video.onfullscreenchange=()=>{video.controls=document.fullscreenElement===video||controls};
video.requestFullscreen?.().catch(()=>{})}function makeActions(clip,acts=COPIES){const said=make("output");const buttons=Object.entries(acts).map(([words,does])=>{
const button4=make("button","",{},words);button4.onclick=async()=>{const text=does(clip);if(text)said.value=await copyText(text)?"Copied.":text};return button4});
return make("details","hailuo-acts",{},make("summary","",{},"More"),...buttons,said)}function missingWords({src}){const id=/^[^:]+:\/.*\/([^/]+)\.mp4/.exec(src)?.[1];return`This clip cannot be played: ${id?`${id}.mp4 is missing or`:"it is"} dama\
ged.${id?` Put it back beside the notebook, or %hailuo resume ${id} fetches it again, free.`:""}`}var STEPS2={ArrowLeft:-1,ArrowRight:1};function follow(place,signal,last,show){let at=-1;const on=hears(place,signal);const go=to=>{at=Math.min(to,last());show(
at)};const leave=()=>go(-1);on("pointermove pointerdown",({clientX})=>{const{left,width}=place.getBoundingClientRect();go(Math.floor((last()+1)*(clientX-left)/width))});
on("pointerleave pointercancel blur",leave);on("keydown",event=>{const by=STEPS2[event.key];if(!by||isChord(event)||event.shiftKey||last()<0)return;claim(event);
go(at<0&&by<0?last():Math.max(at+by,0))});return leave}function followPointer(video,figure,signal,begun){let poster="";let shown="";const on=hears(video,signal);
const strip=()=>[...figure.querySelectorAll(".hailuo-strip img")];const last=()=>begun||!figure.contains(video)?-1:strip().length-1;const leave=follow(video,signal,
last,to=>{const[frames,now]=[strip(),video.getAttribute("poster")??""];if(now!==shown)poster=now;shown=frames[to]?.src??"";if((shown||poster)!==now)video.setAttribute(
"poster",shown||poster);frames.forEach((frame,index)=>void frame.toggleAttribute("data-now",index===to))});on("play seeking emptied",({type})=>{begun=type!=="em\
ptied";leave()});video.tabIndex=0;signal.addEventListener("abort",()=>{leave();video.removeAttribute("tabindex")})}var FPS=24;var SPEEDS=[.25,.5,1,1.5,2];var HALF_S=.5/FPS;var frameAt=time_s=>Math.floor(time_s*FPS+.01);var middleOf=frame=>(frame+.5)/FPS;var within=(value,least,most)=>Math.
min(Math.max(value,least),most);var canSeek=({seekable})=>seekable.length>0&&seekable.end(seekable.length-1)>0;function hasSound(video){const{audioTracks,mozHasAudio,
webkitAudioDecodedByteCount}=video;return Boolean(audioTracks?.length||mozHasAudio||webkitAudioDecodedByteCount)}var addresses=new WeakMap;async function holdCopy(video,signal){
addresses.set(video,video.getAttribute("src")??"");const reply=await fetch(video.src,{cache:"no-store"});const copy=await reply.blob();if(!signal.aborted)video.
src=URL.createObjectURL(copy)}var isHeld=video=>addresses.has(video);function letGo(video){const address=addresses.get(video);addresses.delete(video);if(address===
void 0||video.getAttribute("src")===address)return;URL.revokeObjectURL(video.src);video.setAttribute("src",address)}function keysOf({toggle,step,seek:seek2,time,
length,loop,accelerate,sound,full}){const[back,next,slower,faster]=[()=>step(-1),()=>step(1),()=>accelerate(-1),()=>accelerate(1)];return{" ":toggle,k:toggle,",":back,
ArrowLeft:back,".":next,ArrowRight:next,j:()=>seek2(time()-1),l:()=>seek2(time()+1),Home:()=>seek2(0),End:()=>seek2(length()),"-":slower,"[":slower,"+":faster,"\
]":faster,r:loop,m:sound,f:full}}var SHIFTED={ArrowLeft:"j",ArrowRight:"l"};function pressKey(event,deck,own={}){const target=event.target;const name=event.key.
length===1?event.key.toLowerCase():event.key;const isTaken=target.closest("select,textarea,[contenteditable]")||name===" "&&target.closest("button,summary,a,.pi\
ck")||name.startsWith("Arrow")&&target.matches("[role=region]")||target.matches("video[controls]")&&(name===" "||/^(Arrow|Home|End)/.test(name)&&target!==deck.video);
if(isTaken||isChord(event))return;const tenth=/^\d$/.test(name)&&(()=>deck.seek(deck.length()*+name/10));const does=tenth||own[name]||keysOf(deck)[event.shiftKey&&
SHIFTED[name]||name];if(!does)return;claim(event);does()}async function ready(video,signal){const loaded=()=>new Promise(done=>{for(const end of["loadedmetadata",
"error"])video.addEventListener(end,done,{once:true})});if(video.readyState<1){video.preload="auto";video.load();await loaded()}if(video.readyState<1||canSeek(video)||
isHeld(video))return;const{currentTime,paused}=video;try{await holdCopy(video,signal)}catch{return}await loaded();video.currentTime=currentTime;if(!paused)await video.
play()}function single(video,signal,told=()=>{},screen=video){let waiting=null;const isReady2=()=>waiting??=ready(video,signal).finally(()=>{waiting=null});async function go(to){
await isReady2();if(video.readyState>0)video.currentTime=within(to(),0,video.duration-HALF_S)}return{video,ready:isReady2,toggle:()=>video.paused?void video.play().
catch(()=>{}):video.pause(),step(frames){video.pause();go(()=>middleOf(frameAt(video.currentTime)+frames))},seek:time_s=>void go(()=>time_s),time:()=>video.currentTime,
length:()=>video.duration||0,loop(){video.loop=!video.loop;told()},accelerate(by){const at=SPEEDS.indexOf(video.playbackRate);video.defaultPlaybackRate=video.playbackRate=
SPEEDS[within((at<0?2:at)+by,0,SPEEDS.length-1)];told()},sound(){video.muted=!video.muted},full:()=>void(document.fullscreenElement?document.exitFullscreen():screen.
requestFullscreen?.())?.catch(()=>{})}}var CHECK_MS=250;var PAINT_MS=40;var NEAR_S=.3/FPS;var FAR_S=.25;var ROLL_MS=250;var CALM_MS=1e3;var SURE_MS=120;var secondsOf=({video,figure})=>Number.isFinite(
video.duration)?video.duration:Number(figure.dataset.seconds)||0;var isNearEnd=clip=>clip.video.currentTime>secondsOf(clip)-3*HALF_S;var isReady=clip=>clip.broken||
clip.wanted===null&&!clip.video.seeking&&clip.video.readyState>=(isNearEnd(clip)?2:3);function seek(clip,time=clip.wanted){const{video}=clip;clip.wanted=time;if(time!==
null)clearTimeout(clip.sure);if(time!==null&&video.readyState<3)video.preload="auto";if(time===null||video.seeking||video.readyState<1)return;if(!canSeek(video)&&
!clip.stuck)return void ownCopy(clip);clip.wanted=null;if(clip.stuck)return;const reached=within(time,0,secondsOf(clip)-HALF_S);if(Math.abs(video.currentTime-reached)>
.001)video.currentTime=reached}function roll(clip,frame){const{video}=clip;const canRoll=!clip.rolling&&video.paused&&video.muted&&isReady(clip)&&frame===frameAt(
video.currentTime)+1&&"requestVideoFrameCallback"in video;clip.rolling=canRoll&&{};clearTimeout(clip.sure);if(!canRoll)video.pause();if(!canRoll)return seek(clip,
middleOf(frame));const mine=clip.rolling;const stop2=(shown=-1)=>{if(clip.rolling!==mine)return;clip.rolling=false;video.pause();if(shown!==frame||frameAt(video.
currentTime)!==frame)return seek(clip,middleOf(frame));clip.sure=setTimeout(()=>{if(video.paused&&!clip.stuck)video.currentTime=middleOf(frame)},SURE_MS)};const look=(_2,{
mediaTime})=>{const shown=Math.round(mediaTime*FPS);if(shown<frame)video.requestVideoFrameCallback(look);else setTimeout(stop2,Math.max(0,1e3*(frame/FPS-video.currentTime)+
5),shown)};setTimeout(stop2,ROLL_MS);video.requestVideoFrameCallback(look);video.playbackRate=1;video.play().catch(()=>stop2())}async function ownCopy(clip){const{
video}=clip;if(isHeld(video))return;try{await holdCopy(video,clip.end.signal)}catch{clip.stuck=true;video.dispatchEvent(new Event("canplay"))}}function lockstep(told){
const clock={clips:[],playing:false,loop:true,speed:1,dragging:false,gathering:false,length,time,seek:seekAll,advance,play,pause,step,accelerate,ended};let[at,checked,
met,painted,beating]=[0,0,0,0,0];const live=()=>clock.clips.filter(({broken,video})=>!broken&&!video.ended);function length(){return Math.max(0,...clock.clips.map(
clip=>clip.broken?0:secondsOf(clip)))}function time(){return clock.playing&&!clock.gathering?now():at}function now(){const running=live().filter(({video})=>!video.
paused&&video.readyState>2);const heard2=running.find(({video})=>!video.muted);if(heard2)return heard2.video.currentTime;const times=(running.length?running:live()).
map(({video})=>video.currentTime);return times.length?times.sort((a,b)=>a-b)[times.length-1>>1]:length()}function seekAll(time_s){at=within(time_s,0,Math.max(0,
clock.length()-HALF_S));clock.gathering=clock.playing;for(const clip of clock.clips){clip.rolling=false;clip.video.pause()}for(const clip of clock.clips)seek(clip,
at);advance();told()}function advance(){if(!clock.gathering||clock.dragging||!clock.clips.every(isReady))return;clock.gathering=false;met=performance.now();for(const{
video,broken}of clock.clips){video.playbackRate=clock.speed;if(!broken)video.play().catch(({name})=>name==="NotAllowedError"&&pause())}}function play(){clock.playing=
true;seekAll(at>=length()-3*HALF_S?0:at);cancelAnimationFrame(beating);beating=requestAnimationFrame(beat)}function pause(){const time_s=time();clock.playing=false;
seekAll(middleOf(frameAt(time_s)))}function step(frames){const frame=frameAt(time())+frames;if(clock.playing||frames!==1||middleOf(frame)>length()){clock.playing=
false;return seekAll(middleOf(frame))}at=middleOf(frame);for(const clip of clock.clips)if(!clip.broken)roll(clip,frame);told()}function accelerate(speed){clock.
speed=speed;for(const{video}of clock.clips)video.playbackRate=speed;told()}function ended(){if(!clock.playing||clock.gathering||live().length)return;if(clock.loop)
return seekAll(0);at=length();clock.playing=false;told()}function beat(time_ms){if(!clock.playing)return;beating=requestAnimationFrame(beat);if(time_ms-checked>
CHECK_MS&&!clock.gathering){checked=time_ms;check2(time_ms)}if(time_ms-painted<PAINT_MS)return;painted=time_ms;told()}function check2(time_ms){const time_s=now();
const isDue=clip=>!clip.broken&&!clip.stuck&&time_s<secondsOf(clip)-3*HALF_S;const isLost=({video})=>video.paused||video.readyState<3||Math.abs(video.currentTime-
time_s)>FAR_S;if(time_ms-met>CALM_MS&&clock.clips.some(clip=>isDue(clip)&&isLost(clip)))return seekAll(time_s);for(const{video}of live()){const ahead_s=video.currentTime-
time_s;if(Math.abs(ahead_s)>NEAR_S)video.playbackRate=clock.speed*(1-within(1.5*ahead_s,-.1,.1));else if(Math.abs(ahead_s)<NEAR_S/3)video.playbackRate=clock.speed}}
return clock}var fitter=root=>()=>{const set=(name,to)=>root.style.setProperty(name,`${to}`);const widen=percent=>set("--fit",percent);const fits=()=>root.scrollHeight<=root.
clientHeight;let[least,most]=[30,100];set("--across",Math.ceil(Math.sqrt(root.querySelectorAll("figure").length)));widen(least);if(!fits())return widen(most);while(most-
least>.2){widen((least+most)/2);if(fits())least=(least+most)/2;else most=(least+most)/2}widen(least)};var areSame=(one,other)=>one.length===other.length&&one.every((item,index)=>item===other[index]);function makeStage(on){const tags=[0,1].map(()=>make("span","ta\
g",{dir:"auto"}));const divider=make("div","divider",{role:"slider",tabindex:0,"aria-valuemin":0,"aria-valuemax":100});const both=make("div","pair");const box=make(
"div","stage",{hidden:""},both,...tags,divider);let shown=[];let percent=50;function wipe(to){percent=within(Math.round(to),0,100);box.style.setProperty("--wipe",
`${percent}%`);divider.setAttribute("aria-valuenow",String(percent));divider.setAttribute("aria-valuetext",`${percent}% ${tags[0].textContent}`)}function follow2({
clientX,pointerId,type,button:button4}){if(type==="pointerdown"&&!button4&&!divider.hidden)box.setPointerCapture(pointerId);if(!box.hasPointerCapture(pointerId))
return;const{left,width}=box.getBoundingClientRect();wipe(100*(clientX-left)/width)}for(const type of["pointerdown","pointermove"])on(box,type,follow2);on(divider,
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
value)),changed(clip){if(clip.video.muted||clip===offered2[place()])return;chosen2=clip;hear(clip)}}}var ACCENT="--accent:var(--jp-brand-color1,var(--vscode-focusBorder,#1976d2));";var GROUND="--ground:var(--jp-layout-color1,var(--vscode-editor-background,Canva\
s));--text:var(--jp-content-font-color1,var(--vscode-foreground));";var CSS3=`.hailuo-compare{${ACCENT}${GROUND}
[hidden]{display:none!important}
:focus-visible,&:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.hailuo-clip video{cursor:pointer;touch-action:pan-y}
.hailuo-bar{position:sticky;top:0;z-index:3;background:var(--ground)}
.tools{display:flex;flex-wrap:wrap;gap:5px;align-items:center;font-size:12px}
:is(.tools,.help,.hailuo-acts) :is(button,select){box-sizing:border-box;font:inherit;color:inherit;height:28px;min-width:28px;
padding:0 7px;border:1px solid #80808080;border-radius:4px;background:#80808014;cursor:pointer}
.tools button:hover{background:#80808033}
.tools button[aria-pressed=true]{box-shadow:inset 0 -2px var(--accent)}
.tools select{padding:0 2px;max-width:160px}
.tools option{color:CanvasText;background:Canvas}
.tools svg{display:block;width:14px;height:14px;fill:currentColor}
.tools output{min-width:13ch;font-variant-numeric:tabular-nums}
.tools input{flex:1 1 150px;min-width:100px;margin:0 4px}
input{accent-color:var(--accent)}
.hailuo-acts{font-size:12px}
.hailuo-acts button{margin:4px 4px 0 0}
.pick{margin:0 6px 0 0;vertical-align:-2px}
&[data-view] .hailuo-clips{display:none!important}
:is(.hailuo-frames:not([open]),.hailuo-frames>summary){display:none}
.hailuo-strip [data-now]{outline:2px solid var(--accent);outline-offset:-2px}
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
.help{max-width:min(440px,90vw);padding:16px;border:1px solid #80808080;border-radius:8px;color:var(--text,CanvasText);background:var(--ground)}
.keys{display:grid;grid-template-columns:auto 1fr;gap:5px 16px;margin:12px 0}
.keys>div{display:contents}
kbd{font:inherit;font-size:12px;margin:0 4px 0 0;padding:0 5px;border:1px solid #80808080;border-radius:4px;white-space:nowrap}
&:fullscreen{display:flex;flex-direction:column;overflow:auto;margin:0!important;border:0!important;border-radius:0!important;color:var(--text,CanvasText);backg\
round:var(--ground);
&:not(.hailuo-grid) .hailuo-clips{flex:1;min-height:0;max-width:none!important;grid-auto-rows:minmax(0,1fr)}
&:not(.hailuo-grid) figure{display:flex;flex-direction:column;min-height:0}
&:not(.hailuo-grid) figure video{flex:1;min-height:0;aspect-ratio:auto!important}
.stage{width:100%;max-width:calc((100vh - 90px)*var(--ratio));margin:auto}
.hailuo-notes,&.hailuo-grid>:is(p,details,ul),.hailuo-heading{display:none}
&.hailuo-grid :is(table,.wrapped){margin:0 auto!important;max-width:calc(var(--fit)*1%)!important}
.wrapped{grid-template-columns:repeat(var(--across),minmax(0,1fr))!important}}
@media (forced-colors:active){.tools button[aria-pressed=true]{color:HighlightText;background:Highlight;forced-color-adjust:none}}
@media print{.tools,.hailuo-acts{display:none}}}`;var PLAY="M3 1.5v11l9.5-5.5z";var PAUSE="M3 2h3v10H3zM8 2h3v10H8z";var BACK="M9 2v10L4 7z";var NEXT="M5 2v10l5-5z";var FULL="M2 2h5L2 7zM12 12H7l5-5z";var BUTTONS={
play:["Play","Space",PLAY],start:["To the start","Home","M2 2h2v10H2zM12 2v10L5 7z"],back:["Previous frame",",",BACK],next:["Next frame",".",NEXT],end:["To the \
end","End","M10 2h2v10h-2zM2 2v10l7-5z"],loop:["Loop","R"],wipe:["Wipe","W"],difference:["Difference","D; four times as bright as it is"],frames:["Frames","S; e\
ach clip from start to end"],full:["Full screen","F",FULL],help:["Keys","?",""]};var KEYS={"Space K":"play or pause","← → , .":"one frame","Shift+← Shift+→ \
J L":"one second","Home End 0…9":"to the start, the end, a tenth between","− + [ ]":"slower, faster",R:"loop",M:"sound of the next clip, and off",W:"wipe be\
tween two clips; then ← → move the divider",D:"difference of two clips, made bright",S:"frames of each clip, from start to end",X:"swap A and B",F:"full scr\
een",Esc:"back to side by side"};var glyph=drawn=>svg(drawn,14);function makeSpeed(){const rates=SPEEDS.map(rate=>make("option","",{value:rate},`${rate}×`));return make(
"select","",{"aria-label":"Speed"},...rates)}function makeTools(){const tools={};for(const[name,[label,key2,drawn]]of Object.entries(BUTTONS)){tools[name]=make(
"button","",{type:"button",title:`${label} (${key2})`},drawn?glyph(drawn):drawn===""?key2:label);if(drawn!==void 0)tools[name].ariaLabel=label}const[a,b]=["A","\
B"].map(letter=>make("select","",{"aria-label":`Clip ${letter}`}));const{play,start,back,next,end,loop,wipe,difference,frames,full,help}=tools;return{play,start,
back,next,end,slider:make("input","",{type:"range",min:0,step:"any","aria-label":"Time of all clips"}),time:make("output","",{"aria-live":"off"}),sound:make("se\
lect","",{"aria-label":"Sound",title:"Which clip is heard (M)"}),loop,speed:Object.assign(makeSpeed(),{title:"Speed (− and +)"}),wipe,difference,a,b,frames,full,
help}}var COPIED_MS2=4e3;function makeJudge(line,on){const said=make("span","",{role:"status"});const button4=make("button","",{type:"button",title:`Vote blind:\
 copies ${line}`},"Judge");on(button4,"click",async()=>{said.textContent=await copyText(line)?"Copied: paste it into a cell.":line;setTimeout(()=>{said.textContent=
""},COPIED_MS2)});return[button4,said]}function makeHelp(on,keys){const rows=Object.entries(keys).map(([names,does])=>make("div","",{role:"listitem"},make("span",
"",{},...names.split(" ").map(one=>make("kbd","",{},one))),make("span","",{},does)));const close=make("button","",{type:"button"},"Close");const dialog=make("di\
alog","help",{"aria-label":"Keys"},make("strong","",{},"Keys"),make("div","keys",{role:"list"},...rows),close);on(close,"click",()=>dialog.close());on(dialog,"k\
eydown",event=>{event.stopPropagation();if(event.key==="?")dialog.close()});return dialog}var CLIPS_MAX=9;var PICKED_AT_FIRST=4;var KEPT_MS=5e3;var kept=shared(Symbol.for("hailuo.kept"),()=>new Map);function enhance(root,{more={},keys=KEYS}={}){root.
dataset.compare="on";const end=new AbortController;const on=(target,type,heard2,{signal}=end)=>target.addEventListener(type,heard2,{signal});const[tools,stage,help,
clock]=[makeTools(),makeStage(on),makeHelp(on,keys),lockstep(paint)];const fit=fitter(root);const group=make("div","tools",{role:"group","aria-label":"All clips\
 together"},...Object.values(tools));if(root.dataset.judge)group.append(...makeJudge(root.dataset.judge,on));const clips=new Map;const sound=solo(tools.sound,clips);
const choices=new Map;let view="side";let isOpen=false;let pair=[];const parts=()=>[...clips.values()].filter(({picked})=>picked);function take(figure,video){const label=figure.
dataset.label??"";const clip={figure,video,label,wanted:null,broken:false,end:new AbortController,tick:make("input","pick",{type:"checkbox","aria-label":`Compar\
e ${label}`,title:"Compare"}),note:make("p","",{role:"alert",style:"margin:0;font-size:12px"}),acts:makeActions(figure.dataset,{Download:({file})=>save(video,file),
...COPIES,"Full size":()=>enlarge(video)})};if(figure.dataset.task)figure.append(clip.acts);const hear=(type,heard2)=>on(video,type,heard2,clip.end);hear("loade\
dmetadata",()=>{if(!canSeek(video))ownCopy(clip);broke(clip,false);paint()});for(const type of["loadedmetadata","canplay","seeked"])hear(type,()=>{seek(clip);clock.
advance()});for(const type of["loadeddata","timeupdate"])hear(type,paint);hear("volumechange",()=>sound.changed(clip));hear("ended",clock.ended);hear("error",()=>broke(
clip,true));on(clip.tick,"change",()=>{choices.set(clip.label,clip.tick.checked);choose()},clip.end);followPointer(video,figure,clip.end.signal,video.currentTime>
0||!video.paused);if(video.error)broke(clip,true);return clip}function broke(clip,isBroken){clip.broken=isBroken;clip.note.textContent=isBroken?missingWords(clip.
video):"";if(isBroken)clip.figure.append(clip.note);clock.advance();clock.ended();paint()}function join(clip,picked){if(clip.picked===picked)return;clip.picked=
picked;if(!clip.video.paused)clip.video.pause();Object.assign(clip.video,{controls:false,loop:!picked,muted:true,playbackRate:picked?clock.speed:1})}function drop(clip){
clip.end.abort();join(clip,false);clip.video.controls=true;clip.tick.remove();clip.note.remove();clip.acts.remove();letGo(clip.video)}const strips=()=>root.querySelectorAll(
".hailuo-frames");function unfold(to=isOpen){isOpen=to;for(const strip of strips())strip.open=to;tools.frames.ariaPressed=String(to);tools.frames.hidden=!root.querySelector(
".hailuo-strip img");if(root===document.fullscreenElement)fit()}function scan(){unfold();const figures=root.querySelectorAll("figure.hailuo-clip");const seen=new Map;
for(const figure of figures){const known=clips.get(figure);const isAway=known!==void 0&&view!=="side"&&pair.includes(known);const video=isAway?known.video:figure.
querySelector("video[src]");if(video)seen.set(figure,known?.video===video?known:take(figure,video))}const gone=[...clips].filter(([figure,clip])=>seen.get(figure)!==
clip).map(([,clip])=>clip);if(!gone.length&&seen.size===clips.size)return;if(gone.some(clip=>pair.includes(clip)))look("side");gone.forEach(drop);clips.clear();
for(const[figure,clip]of seen)clips.set(figure,clip);choose()}function choose(){const cells=root.querySelectorAll("figure.hailuo-clip").length;const isPicky=root.
matches(".hailuo-grid")||cells>CLIPS_MAX;let free=(cells>CLIPS_MAX?PICKED_AT_FIRST:CLIPS_MAX)-parts().length;for(const clip of clips.values())join(clip,choices.
get(clip.label)??clip.picked??free-- >0);const isFull=parts().length>=CLIPS_MAX;for(const clip of clips.values()){Object.assign(clip.tick,{checked:clip.picked,disabled:isFull&&
!clip.picked});const place=clip.figure.querySelector("figcaption > p")??clip.figure.querySelector("figcaption")??clip.figure;if(!isPicky)clip.tick.remove();else if(!clip.
tick.isConnected)place.prepend(clip.tick)}for(const[index,select]of[tools.a,tools.b].entries()){select.replaceChildren(...parts().map(({label},value)=>make("opt\
ion","",{value},`${"AB"[index]} ${label}`)));select.value=String(within(parts().indexOf(pair[index]),index,parts().length-1))}look(parts().length>1?view:"side")}
function look(at){const[time,hadFocus]=[clock.time(),stage.divider.matches(":focus")];pair=[tools.a,tools.b].map(({value})=>parts()[Number(value)]);if(pair[0]===
pair[1])pair[1]=parts().find(clip=>clip!==pair[0]);[tools.a.value,tools.b.value]=pair.map(clip=>String(parts().indexOf(clip)));view=at;if(view==="side")delete root.
dataset.view;else root.dataset.view=view;stage.show(view==="side"?[]:pair,view==="wipe");const seen=view==="side"?parts():pair;const isSame=areSame(seen,clock.clips);
for(const clip of clock.clips)if(!seen.includes(clip))clip.video.pause();clock.clips=seen;if(!isSame&&(clock.playing||time>0))clock.seek(time);if(hadFocus&&view!==
"wipe")root.focus();paint()}function paint(){const[length_s,time_s,isSide]=[clock.length(),clock.time(),view==="side"];const words=`${time_s.toFixed(2)} / ${length_s.
toFixed(2)} s`;const does=clock.playing?"Pause":"Play";if(tools.time.textContent!==words)tools.time.textContent=words;if(!clock.dragging)Object.assign(tools.slider,
{max:length_s||1,value:time_s});if(!clock.playing)tools.slider.ariaValueText=`${words}, frame ${frameAt(time_s)}`;if(tools.play.ariaLabel!==does){Object.assign(
tools.play,{ariaLabel:does,title:`${does} (Space)`});tools.play.replaceChildren(glyph(clock.playing?PAUSE:PLAY))}root.toggleAttribute("data-playing",clock.playing&&
length_s>0);tools.loop.ariaPressed=String(clock.loop);for(const other of["wipe","difference"])tools[other].ariaPressed=String(view===other);tools.a.hidden=tools.
b.hidden=isSide;tools.wipe.hidden=tools.difference.hidden=parts().length<2;group.hidden=clips.size===0;sound.offer(clock.clips)}const toggle=other=>{if(parts().
length>1)look(view===other?"side":other)};const deck={toggle:()=>clock.playing?clock.pause():clock.play(),step:clock.step,seek:clock.seek,time:clock.time,length:clock.
length,loop:()=>{clock.loop=!clock.loop;paint()},accelerate(by){tools.speed.selectedIndex=within(tools.speed.selectedIndex+by,0,SPEEDS.length-1);clock.accelerate(
Number(tools.speed.value))},sound:sound.next,full:()=>void(document.fullscreenElement?document.exitFullscreen():root.requestFullscreen?.())?.catch(()=>{})};const swap=()=>{
[tools.a.value,tools.b.value]=[tools.b.value,tools.a.value];look(view)};const act={play:deck.toggle,start:()=>clock.seek(0),back:()=>clock.step(-1),next:()=>clock.
step(1),end:()=>clock.seek(clock.length()),loop:deck.loop,wipe:()=>toggle("wipe"),difference:()=>toggle("difference"),frames:()=>unfold(!isOpen),full:deck.full,
help:()=>help.showModal()};const own={d:act.difference,s:act.frames,x:swap,"?":act.help,w:()=>{act.wipe();if(view==="wipe")stage.divider.focus()},...more};function key2(event){
if(clock.clips.length)pressKey(event,deck,view==="side"?own:{...own,Escape:()=>look("side")})}const bar=root.querySelector(".hailuo-bar")??make("div","hailuo-ba\
r",{style:"margin:8px 0"});const added=[stage.box,make("style","",{},CSS3),group,help];if(!bar.isConnected){root.prepend(bar);added.push(bar)}bar.after(stage.box);
bar.append(...added.slice(1,4));Object.assign(root,{tabIndex:0,role:"group",ariaLabel:root.ariaLabel??"Clips that play together"});root.dataset.lmSuppressShortcuts=
"true";tools.speed.value="1";tools.full.hidden=!document.fullscreenEnabled;for(const[name,does]of Object.entries(act))on(tools[name],"click",does);on(tools.sound,
"change",sound.pick);on(tools.speed,"change",()=>deck.accelerate(0));for(const select of[tools.a,tools.b])on(select,"change",()=>look(view));on(tools.slider,"po\
interdown",({button:button4})=>{clock.dragging=button4===0});for(const type of["pointerup","pointercancel"])on(tools.slider,type,()=>{clock.dragging=false;clock.
advance()});on(tools.slider,"input",()=>clock.seek(Number(tools.slider.value)));on(root,"keydown",key2);on(root,"fullscreenchange",fit);on(window,"resize",fit);
on(root,"click",({target})=>{const clip=[...clips.values()].find(({video})=>video===target);if(!clip||target.controls||clip.picked&&view!=="side")return;if(clip.
picked)return act.play();target.controls=true;target.play().catch(()=>{})});on(bar,"pointerenter",()=>{for(const{video}of clock.clips)video.preload="auto"});function goOn(then){
for(const[label,picked]of then.choices)choices.set(label,picked);choose();tools.speed.value=then.speed;clock.loop=then.loop;deck.accelerate(0);look(parts().length>
1?then.view:"side");unfold(then.isOpen);clock.seek(then.time_s);if(then.playing)clock.play()}scan();const played=kept.get(root.dataset.grid??"");kept.delete(root.
dataset.grid??"");if(played&&performance.now()-played.at_ms<KEPT_MS)goOn(played);const begun=clock.clips.find(({video})=>video.currentTime>0);if(begun)clock.seek(
begun.video.currentTime);const observer=new MutationObserver(scan);observer.observe(root,{childList:true,subtree:true});function leave(){if(root.dataset.grid)kept.
set(root.dataset.grid,{at_ms:performance.now(),time_s:clock.time(),playing:clock.playing,loop:clock.loop,speed:tools.speed.value,view,isOpen,choices});observer.
disconnect();end.abort();clock.playing=false;delete root.dataset.playing;delete root.dataset.view;stage.show([],false);for(const clip of clips.values())drop(clip);
for(const element of added)element.remove()}function restart(plays){scan();clock.seek(0);if(plays)clock.play()}return Object.assign(leave,{restart})}var LEAST_PX=80;function seenUntil(element){let bottom_px=innerHeight;for(let box=element.parentElement;box;box=box.parentElement){if(getComputedStyle(box).overflowY!==
"visible")bottom_px=Math.min(bottom_px,box.getBoundingClientRect().bottom)}return bottom_px}function keepInSight(bar,list2,signal){let[raised_px,given_px,frame]=[
0,0,0];function place(raise_px,give_px){if(raise_px===raised_px&&give_px===given_px)return;[raised_px,given_px]=[raise_px,give_px];list2.style.setProperty("--gi\
ven",`${give_px}px`);bar.style.marginBottom=`${raise_px}px`}function look(){frame=0;if(bar.hidden||!bar.isConnected)return place(0,0);const most_px=Number.parseFloat(
getComputedStyle(list2).maxHeight)+given_px;const whole_px=Math.min(most_px,list2.scrollHeight);const below_px=Math.ceil(bar.getBoundingClientRect().bottom+raised_px-
seenUntil(bar));const raise_px=Math.max(0,Math.min(below_px,Math.floor(whole_px)-LEAST_PX));place(raise_px,raise_px&&raise_px+most_px-whole_px)}const soon=()=>{
frame||=requestAnimationFrame(look)};addEventListener("resize",soon,{signal});addEventListener("scroll",look,{signal,capture:true,passive:true});const observer=new ResizeObserver(
soon);for(const one of[bar,list2])observer.observe(one);const end=()=>{observer.disconnect();cancelAnimationFrame(frame)};signal.addEventListener("abort",end,{once:true});
return look}var ACTS={left:["A is better","A","A was better."],tie:["No difference","T","No difference."],right:["B is better","B","B was better."],skip:["Skip","S","Skippe\
d."],undo:["Undo","U","Taken back."],enough:["","E"]};var VOTE_KEYS={A:"clip A is better",B:"clip B is better",T:"no difference",S:"skip: no answer","U Backspac\
e":"take the last vote back",E:"enough for now: end, or pause"};var{X:_,...PLAYER_KEYS}=KEYS;var ALL_KEYS={...VOTE_KEYS,...PLAYER_KEYS,...VOTE_KEYS};function figureOf(side,letter){
const[width,height]=side.box_px;const style=`aspect-ratio:${width}/${height}`;const still=side.poster?make("img","seen",{src:side.poster,alt:`Clip ${letter}`,width,
height,style}):make("div","seen",{style});const caption=make("figcaption","",{},make("strong","",{},letter));const label=letter==="A"?"left":"right";return make(
"figure","hailuo-clip",{"data-label":label,"data-seconds":side.seconds},still,caption)}function videoOf(side,letter,src){const[width,height]=side.box_px;const style=`\
aspect-ratio:${width}/${height}`;const facts={src,poster:side.poster||null,title:`Clip ${letter}`,width,height,style};const video=make("video","seen",{...facts,
loop:true,playsinline:true,preload:"auto"});video.muted=true;return video}function skeleton6(enough){const buttons=Object.fromEntries(Object.entries(ACTS).map(([
name,[words,key2]])=>[name,make("button",name,{type:"button"},words||enough," ",make("kbd","",{"aria-hidden":"true"},key2))]));const parts={bar:make("div","hail\
uo-bar"),clips:make("div","hailuo-clips"),said:make("span","said"),progress:make("span",""),trouble:make("p","trouble",{role:"alert",hidden:true}),mark:make("st\
rong","badge",{hidden:true,title:"Made by the built-in simulator"},"SIMULATED")};const asked2=make("p","asked",{},"Which clip is better? ",parts.mark);const status=make(
"p","progress",{role:"status"},parts.said," ",parts.progress);const votes=make("div","votes",{role:"group","aria-label":"Your vote"},...Object.values(buttons));
const root=make("div","hailuo-compare hailuo-judge",{"aria-label":"Two clips to choose between",role:"group",tabindex:0},asked2,parts.bar,parts.clips,votes,status,
parts.trouble);return{root,buttons,...parts}}function booth(court,enough){const{root,buttons,clips,said,progress,trouble,mark}=skeleton6(enough);let shown=null;
let player=null;let[isWaiting,words]=[false,""];const end=new AbortController;const isCalm=matchMedia("(prefers-reduced-motion: reduce)").matches;function act(name){
if(isWaiting||!shown||name==="undo"&&!shown.can_undo)return;wait(true);words=ACTS[name][2]??"";if(name==="undo")court.undo(shown.turn);else if(name==="enough")court.
enough();else court.vote(shown.turn,name)}function wait(on){isWaiting=on;for(const[name,button4]of Object.entries(buttons))change(button4,"aria-disabled",on||name===
"undo"&&!shown?.can_undo)}const more=Object.fromEntries(Object.entries(ACTS).map(([name,[,key2]])=>[key2.toLowerCase(),()=>act(name)]));const keys={...more,Backspace:()=>act(
"undo"),x:()=>{}};async function mount2(ballot,isNext){const figures=ballot.clips.map((side,at)=>figureOf(side,"AB"[at]));clips.replaceChildren(...figures);const sources=await Promise.
all(ballot.clips.map(court.source));if(shown!==ballot||end.signal.aborted)return;ballot.clips.forEach((side,at)=>{const video=videoOf(side,"AB"[at],sources[at]);
court.watch(video,side);figures[at].firstElementChild?.replaceWith(video)});player??=enhance(root,{more:keys,keys:ALL_KEYS});player.restart(isNext&&!isCalm)}for(const[
name,button4]of Object.entries(buttons))button4.addEventListener("click",()=>act(name),{signal:end.signal});const held=event=>{if(event.repeat&&event.key.toLowerCase()in
more)claim(event)};root.addEventListener("keydown",held,{capture:true,signal:end.signal});wait(true);return{root,wait,draw(ballot){const before=shown;shown=ballot;
wait(false);say(said,words);say(progress,ballot.progress);say(trouble,"");mark.hidden=!ballot.clips.every(({simulated})=>simulated);root.toggleAttribute("data-d\
ecided",ballot.decided);if(before?.turn!==ballot.turn||!clips.childElementCount)mount2(ballot,before!==null)},fail(why){wait(false);say(trouble,why)},leave(){end.
abort();player?.();root.remove()}}}function judging(wire,player,ids,told){const result=make("div");const again=make("button","",{type:"button"},"Go on voting");const ended=make("div","hailuo-judg\
ed",{hidden:true},result,again);async function ask(does,more={}){try{const{ballot,html}=await wire.ask({kind:"judge",ids,does,...more});ended.hidden=!html;view.
root.hidden=Boolean(html);result.innerHTML=html??"";view.wait(false);if(html)again.focus();else view.draw(ballot)}catch(error){view.fail(error.message)}}const view=booth(
{vote:(turn,outcome)=>void ask("vote",{turn,outcome}),undo:turn=>void ask("undo",{turn}),enough:()=>void ask("result"),source:({id,src})=>player.address({id,src:src??
""},told),watch(){}},"Show the result");again.addEventListener("click",()=>ask("look"),{signal:wire.signal});const root=make("div","",{},view.root,ended);return{
root,leave:view.leave,begin:()=>ask("look"),focus:()=>view.root.focus({preventScroll:true})}}function videoOf2(figure,row){const[still,video]=[figure.firstElementChild,figure.querySelector("video")];if(video||!row?.src)return video;const made2=make("vid\
eo","",{controls:true,loop:true,playsinline:true,preload:"none",width:still.getAttribute("width")??row.size_px[0],height:still.getAttribute("height")??row.size_px[1],
title:row.label,poster:still.getAttribute("src"),style:still.style.cssText});made2.style.opacity="";still.replaceWith(made2);return made2}function readMarkup(html){
const template=make("template");template.innerHTML=html;for(const script of template.content.querySelectorAll("script"))script.remove();return template.content.
querySelector(".hailuo-compare")}function skeleton7(){const parts={chips:make("ul","chips",{role:"list","aria-label":"Picked clips"}),why:make("p","quiet",{role:"\
status"}),go:make("button","primary",{type:"button"}),judge:make("button","",{type:"button",title:"Vote on two at a time, names hidden"},"Judge"),clear:make("bu\
tton","plain",{type:"button","aria-label":"Clear the picked clips"},"Clear"),close:make("button","",{type:"button"},icon("close"),"Close"),status:make("p","quie\
t",{role:"status",hidden:true}),holder:make("div")};const buttons=make("div","buttons",{},parts.go,parts.judge,parts.clear);const named={"aria-label":"Picked fo\
r comparison",hidden:true};const header=make("header","",{},make("h3","",{},"Comparison"),parts.close);const region={"aria-label":"Comparison",hidden:true};return{
...parts,bar:make("section","picked",named,parts.chips,parts.why,buttons),region:make("section","comparison",region,header,parts.status,parts.holder)}}var Comparing=class{#wire;#about;#parts=skeleton7();#least;#most;#look;#leave=null;#turn=0;#isAsking=false;constructor(wire,about){
const{go,judge,close,clear,chips,bar,region}=this.#parts;const{signal}=wire;this.#wire=wire;this.#about=about;[this.#least,this.#most]=wire.get("catalogue").compare;
this.bar=bar;this.region=region;this.#look=keepInSight(bar,about.scroller,signal);go.addEventListener("click",()=>this.#open(),{signal});judge.addEventListener(
"click",()=>this.#judge(),{signal});close.addEventListener("click",()=>this.#shut(),{signal});clear.addEventListener("click",()=>this.#clear(),{signal});const takeOut=event=>{
const id=hit(event,"button")?.dataset.id;if(id)this.toggle(id,false)};chips.addEventListener("click",takeOut,{signal});const back=event=>{if(event.key!=="Escape"||
event.defaultPrevented)return;claim(event);this.#shut()};region.addEventListener("keydown",back,{signal});const end=()=>{this.#turn+=1;this.#drop()};signal.addEventListener(
"abort",end,{once:true})}get picked(){return this.#wire.get("selection")??[]}toggle(id,isPicked){const others=this.picked.filter(one=>one!==id);if(isPicked&&others.
length>=this.#most){say(this.#parts.why,`${this.#most} clips play together at most. Take one out first.`);return false}this.#wire.set("selection",isPicked?[...others,
id]:others);return true}#clear(){this.#wire.set("selection",[]);this.#about.otherwise.focus()}#chip(id){const[row,picture]=[this.#about.row(id),this.#about.pictures.
of(id)];const words=row?.label??id;const out=`Take out ${words}`;const button4=make("button","plain",{type:"button","data-id":id,"aria-label":out,title:out},picture?
make("img","",{src:picture,alt:""}):make("span","thumb"),foreign(words),icon("close"));return make("li","",{},button4)}draw(){const{bar,go,judge,why}=this.#parts;
const number2=this.picked.length;const isShort=number2<this.#least;bar.hidden=number2===0;say(go,isShort?"Compare":`Compare ${number2}`);go.ariaDisabled=judge.ariaDisabled=
String(isShort||this.#isAsking);if(this.#drawChips())say(why,isShort&&number2===1?"Pick one more to compare.":"");this.#look()}#drawChips(){const{chips,go}=this.#parts;
const{row,pictures}=this.#about;const key2=JSON.stringify(this.picked.map(id=>[id,row(id)?.label,Boolean(pictures.of(id))]));if(chips.dataset.drawn===key2)return false;
const had=chips.contains(focused())?focused().dataset.id:void 0;chips.dataset.drawn=key2;chips.replaceChildren(...this.picked.map(id=>this.#chip(id)));if(!had)return true;
const same=chips.querySelector(`[data-id="${CSS.escape(had)}"]`);(same??chips.querySelector("button")??go).focus();return true}async#judge(){const{judge,region,
status,holder}=this.#parts;if(judge.ariaDisabled==="true")return;this.#turn+=1;this.#drop();const view=judging(this.#wire,this.#about.player,this.picked,words=>say(
status,words));holder.replaceChildren(view.root);region.hidden=false;this.#leave=view.leave;await view.begin();region.scrollIntoView({block:"nearest"});view.focus()}async#open(){
const ids=this.picked;if(this.#parts.go.ariaDisabled==="true")return;this.#isAsking=true;this.draw();this.#turn+=1;const mine=this.#turn;try{const{html}=await this.#wire.
ask({kind:"compare",ids});if(mine===this.#turn&&!this.#wire.signal.aborted)await this.#show(html,ids,mine)}catch(error){this.#wire.tell(error.message,"error")}this.#isAsking=
false;this.draw()}async#show(html,ids,mine){const{region,status,holder}=this.#parts;const root=readMarkup(html);await this.#load(root,ids);if(mine!==this.#turn||
this.#wire.signal.aborted)return;this.#drop();say(status,"");holder.replaceChildren(root);region.hidden=false;this.#leave=enhance(root);region.scrollIntoView({block:"\
nearest"});root.focus({preventScroll:true})}#load(root,ids){const told=words=>say(this.#parts.status,words);const figures=[...root.querySelectorAll("figure")];return Promise.
all(figures.map((figure,index)=>{const row=this.#about.row(ids[index]);const video=videoOf2(figure,row);const src=video?.getAttribute("src")??row?.src;return video&&
src?this.#about.player.load(video,{id:ids[index],src},told):null}))}#drop(){this.#leave?.();this.#leave=null;this.#parts.holder.replaceChildren();this.#parts.region.
hidden=true}#shut(){const{region,bar,go}=this.#parts;this.#turn+=1;const hadFocus=region.contains(focused());this.#drop();this.#look();if(hadFocus)(bar.hidden?this.#about.
otherwise:go).focus()}};var TYPED_MS=250;var GAP=" ";var number=value=>String(value).replace(/\B(?=(\d{3})+$)/g,GAP);var capital=words=>words[0].toUpperCase()+words.slice(1);var day=iso=>new Date(
`${iso}T00:00Z`).toLocaleDateString("en-GB",{day:"numeric",month:"short",year:"numeric",timeZone:"UTC"});function fill2(select,all,choices,words){const chosen2=select.
value;const listed=choices.map(([value,count])=>[value,count===void 0?words(value):`${words(value)} (${number(count)})`]);if(chosen2&&!choices.some(([value])=>value===
chosen2))listed.push([chosen2,words(chosen2)]);const wanted=[["",all],...listed];while(select.length>wanted.length)select.remove(select.length-1);wanted.forEach(
([value,text],index)=>{const option=select.options[index]??select.appendChild(make("option"));if(option.getAttribute("value")!==value)option.value=value;if(option.
textContent!==text)option.textContent=text});if(select.value!==chosen2)select.value=chosen2}function fillOrders(select,orders){const key2=JSON.stringify(orders);
if(select.dataset.drawn===key2)return;const chosen2=select.value;const ways2=[["falling","highest first"],["rising","lowest first"]];const options=ways2.flatMap(
([way,words])=>orders.map(([name,title])=>make("option","",{value:`${name}:${way}`},`${title}: ${words}`)));select.dataset.drawn=key2;select.replaceChildren(make(
"option","",{value:""},"Newest first"),...options);select.value=chosen2;if(select.selectedIndex<0)select.value=""}function skeleton8(){const parts={text:make("i\
nput","",{type:"search","aria-label":"Search prompts and names",placeholder:"Search prompts and names","aria-keyshortcuts":"/",title:"/ comes here",autocomplete:"\
off",spellcheck:"false"}),group:make("select","",{"aria-label":"State"}),model:make("select","",{"aria-label":"Model"}),date:make("select","",{"aria-label":"Day"}),
hidden:make("input","",{type:"checkbox"}),count:make("p","count quiet"),sort:make("select","sort hailuo-measures",{"aria-label":"Order"}),clear:make("button","p\
lain small",{type:"button",hidden:true},"Clear")};const root=make("div","filter",{role:"search","aria-label":"Clips"},parts.text,parts.group,parts.model,parts.date,
make("label","put-away",{title:"Show the clips that are hidden"},parts.hidden,"Hidden"),make("p","found",{},parts.count,parts.clear,parts.sort));return{...parts,
root}}var Filterbar=class{#parts=skeleton8();#states;#asked;#timer=0;#told="{}";constructor(wire,asked2){const{text,group,model,date,hidden,sort,clear}=this.#parts;
const{signal}=wire;this.root=this.#parts.root;this.#states=wire.get("catalogue").states;this.#asked=asked2;const typed=()=>{clearTimeout(this.#timer);this.#timer=
setTimeout(()=>this.#ask(),TYPED_MS)};const key2=event=>{if(event.key==="Enter")this.#ask()};text.addEventListener("input",typed,{signal});text.addEventListener(
"keydown",key2,{signal});for(const one of[group,model,date,hidden,sort])one.addEventListener("change",()=>this.#ask(),{signal});clear.addEventListener("click",()=>this.
find(),{signal});signal.addEventListener("abort",()=>clearTimeout(this.#timer),{once:true})}get value(){const{group,model,date,text,hidden}=this.#parts;const wish={
group:group.value,model:model.value,day:date.value,text:text.value.trim()};return Object.fromEntries(Object.entries({...wish,hidden:hidden.checked}).filter(([,one])=>one))}get isSet(){
return Object.keys(this.value).length>0}async#ask(){clearTimeout(this.#timer);const{value}=this.#parts.sort;const wish={...this.value,...value&&{sort:value}};this.#parts.
clear.hidden=!this.isSet;if(JSON.stringify(wish)===this.#told)return;this.#told=JSON.stringify(wish);await this.#asked(wish)}find(words="",isHidden=false){const{
group,model,date,text,hidden}=this.#parts;for(const one of[group,model,date])one.value="";text.value=words;hidden.checked=isHidden;text.focus();return this.#ask()}draw(numbers,isUsed){
const{group,model,date,count,sort,clear}=this.#parts;const{all,facets,orders}=numbers;fillOrders(sort,orders??[]);const counts=new Map(facets.group??[]);const spoken2=name=>this.#states.
find(([one])=>one===name)?.[1]??name;fill2(group,"All states",this.#states.map(([name])=>[name,counts.get(name)]),name=>capital(spoken2(name)));fill2(model,"All\
 models",facets.model??[],name=>name);fill2(date,"All days",facets.day??[],day);say(count,all||this.isSet?this.#found(numbers):"");clear.hidden=!this.isSet;this.
root.hidden=!all&&!isUsed&&!facets.hidden&&!this.isSet}#found({total,all}){if(this.#parts.hidden.checked)return`${number(total)} hidden`;if(this.isSet)return`${number(
total)} of ${number(all)}`;return all===1?"1 clip":`${number(all)} clips`}focus(){this.#parts.text.focus();this.#parts.text.select()}get words(){return this.#parts.
count.textContent}};function teller(region,underWay){let[done,without]=[0,0];const{hear,end}=paced(()=>{const parts=[];if(done)parts.push(done===1?"1 clip is done":`${done} clips a\
re done`);if(without)parts.push(`${without} ended without a clip`);parts.push(`${underWay()||"none"} under way`);region.textContent=`${parts.join(", ")}.`;[done,
without]=[0,0]});return{ended(group){if(group==="done")done+=1;else without+=1},hear:()=>{if(done+without)hear()},end}}function folded(text){const small2=text.normalize(
"NFKC").toLowerCase().toUpperCase().toLowerCase().replaceAll("ς","σ");const apart=small2.normalize("NFKC").normalize("NFD").replaceAll("i̇","i").replaceAll("\
ı","i");return apart.replace(/(?<=[\u03b1-\u03c9])[\u0300-\u036f]+/g,"").normalize("NFC")}function passes({id,hidden,group,model,day:day2,label,prompt},filter){
const said=folded(`${label}
${prompt}`);const words=(filter.text??"").split(/\s+/).every(word=>word===id||said.includes(folded(word)));return words&&hidden===Boolean(filter.hidden)&&(filter.
group??group)===group&&(filter.model??model)===model&&(filter.day??day2)===day2}function counted(state,filter,before,row){const change2=does=>Number(does(row))-
Number(before?does(before):false);const facets={...state.facets};for(const name of["group","model","day"]){const listed=(facets[name]??[]).map(([value,number2])=>[
value,number2]);for(const value of new Set([row[name],(before??row)[name]])){const by=change2(one=>!one.hidden&&one[name]===value);const pair=listed.find(([other])=>other===
value);if(pair)pair[1]=Math.max(0,pair[1]+by);else if(by>0)listed.unshift([value,by])}facets[name]=listed}const total=state.total+change2(one=>passes(one,filter));
return{...state,facets,total,all:state.all+change2(({hidden})=>!hidden)}}function merged(fresh,order,gone,rowOf){const rows=[...new Map(fresh.map(row=>[row.id,row])).
values()].sort((a,b)=>b.created_at_ms-a.created_at_ms);const result=[];for(const id of order.filter(one=>!gone.has(one))){while(rows[0]?.created_at_ms>=rowOf(id).
created_at_ms)result.push(rows.splice(0,1)[0].id);result.push(id)}return[...result,...rows.map(({id})=>id)]}function away(missing,all){if(all===1)return"The cli\
p is";return missing===all?`The ${all} clips are`:`${missing} of ${all} clips ${missing===1?"is":"are"}`}var AWAY="kernel:";function listener(model,signal){return(event,does)=>{model.on(event,does);signal.addEventListener("abort",()=>model.off(event,does))}}var LOADING="Loading…";var BROKEN="This clip cannot be played: its file is missing or damaged.";var Player=class{#wire;#copies=new Map;#made=[];constructor(wire){
this.#wire=wire;wire.signal.addEventListener("abort",()=>this.#made.forEach(URL.revokeObjectURL),{once:true})}async#copy(id,told){const pieces=[];for(let[held,size]=[
0,1];held<size;){const{buffers,...answer}=await this.#wire.ask({kind:"clip",id,start:held});const[piece]=buffers;if(!piece?.byteLength||this.#wire.signal.aborted)
throw new Error(BROKEN);pieces.push(piece);held+=piece.byteLength;size=answer.size;told(`${LOADING} ${Math.floor(100*held/size)} %`)}const address=URL.createObjectURL(
new Blob(pieces,{type:"video/mp4"}));this.#made.push(address);return address}async#copied(id,told){told(LOADING);const copy=this.#copies.get(id)??this.#copy(id,
told);this.#copies.set(id,copy);try{return await copy}catch(error){this.#copies.delete(id);throw error}}address({id,src},told){return src.startsWith(AWAY)?this.#copied(
id,told):this.#wire.resolve(src)}async#rescue(video,id,told){try{video.src=await this.#copied(id,told)}catch(error){told(error.message)}}async load(video,{id,src},told){
const{signal}=this.#wire;let isRescued=false;const failed=()=>{if(isRescued)return told(BROKEN);isRescued=true;this.#rescue(video,id,told)};video.addEventListener(
"error",failed,{signal});for(const type of["loadeddata","playing"])video.addEventListener(type,()=>told(""),{signal});const address=src.startsWith(AWAY)?"":await this.#wire.
resolve(src).catch(()=>"");if(address)video.src=address;else video.dispatchEvent(new Event("error"))}};var GATHER_MS=60;var AT_ONCE_MAX=24;var NEAR="150px 0px";var Posters=class{#wire;#rowOf;#draw;#observer;#held=new Map;#wanted=new Set;#placed=new Map;#timer=0;#isAsking=false;constructor(wire,scroller,rowOf,draw2){
this.#wire=wire;this.#rowOf=rowOf;this.#draw=draw2;this.#observer=new IntersectionObserver(entries=>this.#seen(entries),{root:scroller,rootMargin:NEAR});const leave=()=>{
this.#observer.disconnect();clearTimeout(this.#timer)};wire.signal.addEventListener("abort",leave,{once:true})}#isHeld(id){const[one,row]=[this.#held.get(id),this.#rowOf(
id)];return one!==void 0&&one.src===row?.src&&Boolean(one.picture||!row?.has_picture)}#seen(entries){for(const{target,isIntersecting}of entries){const{id=""}=target.
dataset;if(isIntersecting)this.want(id);else this.#wanted.delete(id)}}watch(id,element){this.#placed.set(id,element);this.#observer.unobserve(element);if(!this.#isHeld(
id))this.#observer.observe(element)}#leave(id){const element=this.#placed.get(id);if(element)this.#observer.unobserve(element)}want(...ids){for(const id of ids)
if(!this.#isHeld(id))this.#wanted.add(id);const isDue=this.#wanted.size>0&&!this.#timer&&!this.#isAsking;if(isDue)this.#timer=setTimeout(()=>this.#ask(),GATHER_MS)}async#ask(){
const ids=[...this.#wanted].slice(0,AT_ONCE_MAX);this.#timer=0;if(!ids.length)return;this.#isAsking=true;const asked2=ids.map(id=>({id,src:this.#rowOf(id)?.src}));
for(const id of ids)this.#wanted.delete(id);try{const answer=await this.#wire.ask({kind:"posters",ids});for(const{id,src}of asked2)this.#held.set(id,{src,picture:answer.
posters[id]??""});for(const id of ids){this.#leave(id);this.#draw(id)}}catch(error){this.#wire.tell(error.message,"error")}this.#isAsking=false;this.want(...this.#wanted)}of(id){
return this.#held.get(id)?.picture}forget(id){this.#leave(id);this.#placed.delete(id);this.#wanted.delete(id)}};var STOPPING="Stopping…";var DELAY="A cell that is running may delay this.";var STEPS3=4;var badge=()=>make("strong","badge",{title:"Made by the built-in simu\
lator, free of charge"},"SIMULATED");var makeRail=()=>make("div","rail",{"aria-hidden":"true"},...Array.from({length:STEPS3},()=>make("span")));function drawRail(rail,phase){
[...rail.children].forEach((step,index)=>{step.className=phase===null?"":index<phase?"past":index===phase?"now":""})}function clockWords(elapsed_s){const[hours,
minutes,seconds]=[elapsed_s/3600,elapsed_s/60%60,elapsed_s%60].map(Math.floor);const two=number2=>String(number2).padStart(2,"0");return hours?`${hours}:${two(minutes)}\
:${two(seconds)}`:`${minutes}:${two(seconds)}`}function makeClock(attributes={}){const time=document.createTextNode("");return{time,clock:make("span","clock",{hidden:true,
...attributes},time)}}function tick({clock,time},from_ms,late_after_s,to_ms=Date.now()){const isTicking=from_ms!==null;const elapsed_s=isTicking?Math.max(0,(to_ms-
from_ms)/1e3):0;const words=clockWords(elapsed_s);if(clock.hidden===isTicking)clock.hidden=!isTicking;if(isTicking&&time.data!==words)time.data=words;return isTicking&&
late_after_s!==null&&elapsed_s>late_after_s}var LATE="longer this time";var estimateWords=(estimate,isLate)=>[estimate,isLate?LATE:""].filter(Boolean).join(", ");function drawPicture(frame,picture,alt,before=null){const image2=frame.querySelector("img");if(!picture)return image2?.remove();if(image2)return change(image2,"\
src",picture);const made2=make("img","",{src:picture,alt});if(before)frame.insertBefore(made2,before);else frame.replaceChildren(made2)}function mayPreview(element,isQuiet,seen={
top:0,bottom:innerHeight}){if(!isQuiet||document.hidden||matchMedia("(prefers-reduced-motion: reduce)").matches)return false;const{top,bottom,height}=element.getBoundingClientRect();
return height>0&&bottom>Math.max(0,seen.top)&&top<Math.min(innerHeight,seen.bottom)}var isStopping=({asked:asked2},{state})=>asked2?.kind==="stop"&&asked2.state===
state;function offer(one,{label,stop_hint,retry:price}){const{stop:stop2,retry}=one.parts;one.asked=null;for(const button4 of[stop2,retry])button4.ariaDisabled=
"false";stop2.hidden=!stop_hint;change(stop2,"aria-label",`Stop watching ${label}`);say(retry,price?`Try again (${price})`:"");change(retry,"aria-label",`${retry.
textContent}: ${label}`)}function rest(one,kind,{state,label}){const{parts}=one;one.asked={kind,state};parts[kind].ariaDisabled="true";if(kind==="stop")say(parts.
headline,STOPPING);else Object.assign(parts.retry,{textContent:"Trying again…",ariaLabel:`Trying again…: ${label}`});say(parts.hint,DELAY)}var LONG_CHARS=64;var ACTIONS={continue:["next","Go on from the last frame"],use:["reuse","Use these settings"],copy:["copy","Copy prompt"],download:["down","Do\
wnload the clip"],rename:["pencil","Rename"],hide:["hide","Hide"]};var offered=without=>Object.entries(ACTIONS).filter(([act])=>!without.includes(act));var button3=(act,className,attributes,...children)=>make(
"button",className,{type:"button","data-act":act,...attributes},...children);function pictureOf(without){const seconds=document.createTextNode("");const mark=make(
"span","mark",{"aria-hidden":"true"},icon("play"),seconds);const acts=offered(without).map(([act,[drawn,words]])=>button3(act,"plain",{"aria-label":words,tabindex:"\
-1"},icon(drawn)));const square=make("span","square",{"aria-hidden":"true"});const parts={seconds,frame:make("div","frame"),play:button3("play","play",{},mark),
loading:make("p","loading",{role:"status",hidden:true}),rail:makeRail(),actions:make("div","actions",{role:"toolbar"},...acts),stop:button3("stop","mark stop",{},
square,"Stop watching")};parts.frame.append(parts.play,parts.stop);return{...parts,picture:make("div","picture",{},parts.frame,parts.loading,parts.rail,parts.actions)}}
function wordsOf2(){const parts={...makeClock(),pick:make("input","pick",{type:"checkbox",title:"Compare"}),label:foreign(""),badge:badge(),headline:make("span"),
estimate:make("span"),money:make("span"),when:make("span"),hidden:make("span","",{hidden:true},"hidden"),reason:make("div","reason",{hidden:true}),measure:make(
"p","quiet hailuo-measures",{dir:"auto",hidden:true}),note:make("p","hint",{dir:"auto",hidden:true}),hint:make("p","quiet stop-hint",{hidden:true}),retry:button3(
"retry","small retry",{hidden:true}),prompt:make("details","prompt",{},make("summary","",{dir:"auto"}),make("p","quiet",{dir:"auto"}))};const{headline,clock,estimate,
money,when,hidden}=parts;const name=make("div","name",{},parts.pick,make("h4","",{},parts.label),parts.badge);const became=make("p","quiet became",{},headline,clock,
estimate,money,when,hidden);return{...parts,name,became}}function moreOf(root,enlarge2){const{"Copy prompt":_2,...copies}=COPIES;return makeActions(root.dataset,
{...copies,"Full size":enlarge2})}function makeTile(id,{without,rate,enlarge:enlarge2,strip}){const root=make("li","tile",{"data-id":id,"data-rated":"here",tabindex:"\
-1"});const rating=makeRating("",rate&&(asked2=>rate(id,asked2)));const parts={...pictureOf(without),...wordsOf2(),rating,more:moreOf(root,()=>enlarge2(one))};root.
append(parts.picture,parts.name,parts.became,parts.measure,rating.root,parts.reason,parts.note,parts.hint,parts.retry,parts.prompt,parts.more);const one={id,root,
parts,row:null,asked:null,video:null,picture:void 0,moment:""};followStrip(one,strip);return one}function followStrip(one,strip){const{frame,play}=one.parts;let frames=[];
let isAsking=false;async function ask(){if(isAsking||frames.length)return;isAsking=true;frames=await strip(one.id).catch(()=>[]);isAsking=false}for(const type of[
"pointerenter","focus"])play.addEventListener(type,ask);follow(play,void 0,()=>frames.length-1,to=>{one.moment=frames[to]??"";frame.style.setProperty("--moment",
`${100*(to+1)/(frames.length||1)}%`);drawPoster(one,one.picture)})}function draw(one,row,isPicked){const{parts,root}=one;const[before,hadFocus]=[one.row,root.contains(
focused())];one.row=row;root.dataset.group=row.group;root.dataset.state=row.state;root.classList.toggle("put-away",row.hidden);say(parts.label,row.label);parts.
badge.hidden=!row.simulated;drawFrame(parts,row,one.video);parts.rail.hidden=row.final||row.phase===null;drawRail(parts.rail,row.phase);say(parts.headline,isStopping(
one,row)?STOPPING:row.headline);say(parts.money,row.money);say(parts.when,row.final?row.when.replaceAll(" "," "):"");parts.hidden.hidden=!row.hidden;say(parts.
note,row.note);drawReason(parts,row);drawPrompt(parts,row,before);drawRating(one,row);drawActions(one,row);drawAsks(one,row);drawPick(one,isPicked);tick2(one);const now=focused();
if(hadFocus&&(now===document.body||now.closest("[hidden]")))root.focus({preventScroll:true})}function drawMeasure({parts,row},key2){const words=row.measures?.[key2];
say(parts.measure,key2&&row.final?words??"not measured":"")}function drawFrame({frame,play,seconds},{size_px:[width,height],src,label,seconds:length},video){const ratio=`${width}\
 / ${height}`;if(frame.style.aspectRatio!==ratio)frame.style.aspectRatio=ratio;play.hidden=!src||video!==null;change(play,"aria-label",`Play ${label}`);seconds.
data=`${length} s`;if(video)change(video,"aria-label",label);const image2=frame.querySelector("img");if(image2)image2.alt=src?"":`Picture of ${label}`}function drawPoster(one,picture){
const{frame,play}=one.parts;const{row,video,moment}=one;one.picture=picture;frame.classList.toggle("follows",moment!=="");frame.classList.toggle("waits",picture===
void 0);frame.classList.toggle("bare",picture==="");if(video&&picture)video.poster=picture;drawPicture(frame,moment||picture,row.src?"":`Picture of ${row.label}`,
play)}function drawReason({reason},{explanation}){if(reason.dataset.drawn===(explanation??""))return;reason.dataset.drawn=explanation??"";reason.hidden=!explanation;
const first=(explanation??"").match(/^.*?[.!?](?=\s+\S)/s)?.[0];if(!first)return reason.replaceChildren(make("p","",{dir:"auto"},explanation??""));reason.replaceChildren(
make("details","",{},make("summary","",{dir:"auto"},first),make("p","",{dir:"auto"},(explanation??"").slice(first.length).trim())))}function drawPrompt({prompt},row,before){
const[summary,settings]=childrenOf(prompt);say(summary,row.prompt||"no prompt");prompt.classList.toggle("short",row.prompt.length<LONG_CHARS&&!row.prompt.includes(
"\n"));if(before?.model===row.model&&String(before.options)===String(row.options))return;settings.replaceChildren(...dotted([row.model,...row.options]))}function drawRating({
root,parts:{rating,more}},row){describe(root,row,row.prompt);change(rating.root,"aria-label",`Your rating of ${row.label}`);more.hidden=rating.root.hidden=!row.
src;if(row.src&&row.rating)rating.tell(row.rating)}function drawActions({parts:{actions}},{label,hidden,can_continue,src}){change(actions,"aria-label",`Actions \
for ${label}`);const buttons=childrenOf(actions);const of=act=>buttons.find(({dataset})=>dataset.act===act);const[onwards,download,hide]=[of("continue"),of("dow\
nload"),of("hide")];if(onwards)onwards.hidden=!can_continue;if(download)download.hidden=!src;if(hide)change(hide,"aria-label",hidden?"Show again":"Hide");const stops=buttons.
filter(one=>!one.hidden);if(!stops.some(one=>one.tabIndex===0))tabTo(buttons,stops[0])}var tabTo=(buttons,to)=>{for(const one of buttons)one.tabIndex=one===to?0:
-1};function arrow(actions,key2){const buttons=childrenOf(actions).filter(({hidden})=>!hidden);const[at,last]=[buttons.indexOf(focused()),buttons.length-1];const to={
ArrowRight:at<last?at+1:0,ArrowLeft:at>0?at-1:last,Home:0,End:last}[key2];if(to===void 0||at<0)return false;tabTo(childrenOf(actions),buttons[to]);buttons[to].focus();
return true}function drawPick({parts:{pick},row},isPicked){pick.hidden=!row.src&&!isPicked;pick.checked=isPicked;change(pick,"aria-label",`Compare ${row.label}`)}
function drawAsks(one,row){const{stop:stop2,hint}=one.parts;if(isStopping(one,row))return;offer(one,row);change(stop2,"data-hint",row.stop_hint??"");change(stop2,
"aria-description",row.stop_hint??"");say(hint,row.stop_hint);hint.classList.remove("now")}function rest2(one,kind){rest(one,kind,one.row);one.parts.hint.classList.
add("now")}function settle({parts,row}){Object.assign(parts.retry,{textContent:"Tried again",ariaLabel:`Tried again: ${row.label}`});say(parts.hint,"")}function wake(one){
one.asked=null;say(one.parts.headline,one.row.headline);drawAsks(one,one.row)}function tick2({row,parts}){const isLate=tick(parts,row.final?null:row.submitted_at_ms,
row.late_after_s);say(parts.estimate,row.final?"":estimateWords(row.estimate,isLate))}var NO_COPY="The browser does not allow copying here. The prompt is marked: press Ctrl+C.";function renameForm({label,named}){const parts={field:make("input","",
{type:"text","aria-label":`New name for ${label}`,maxlength:"200",autocomplete:"off",spellcheck:"false",placeholder:label}),save:make("button","small",{type:"su\
bmit","aria-label":"Save the name",title:"Save (Enter)"},icon("check")),leave:make("button","small",{type:"button","aria-label":"Keep the old name",title:"Keep \
the old name (Escape)"},icon("close"))};parts.field.value=named?label:"";return{...parts,root:make("form","rename",{},parts.field,parts.save,parts.leave)}}function loopLater(video,signal){
const loop=()=>{video.loop=true};const ended=()=>video.addEventListener("play",loop,{signal,once:true});video.addEventListener("ended",ended,{signal,once:true})}
var TileActs=class{#wire;#player;#list;#toForm;#resting=new Set;does={play:one=>this.#play(one),enlarge:one=>this.#enlarge(one),rename:one=>this.#rename(one),copy:one=>this.#copyPrompt(
one),download:one=>this.#download(one),continue:one=>this.#fill(one,"continue"),use:one=>this.#fill(one,"use"),stop:one=>this.#press(one,"stop"),retry:one=>this.#press(
one,"retry"),hide:one=>this.#hide(one.row,!one.row.hidden)};constructor(wire,player,list2,toForm){this.#wire=wire;this.#player=player;this.#list=list2;this.#toForm=
toForm}async#ask(id,kind,more={},remedy=null){const key2=`${kind} ${id}`;if(this.#resting.has(key2))return false;this.#resting.add(key2);try{const{words}=await this.#wire.
ask({kind,id,...more});if(words)this.#wire.tell(words,"",remedy);return true}catch(error){this.#wire.tell(error.message,"error");return false}finally{this.#resting.
delete(key2)}}#open(one,{once=false}={}){const{parts,row}=one;if(!row.src)return;const{signal}=this.#wire;const hadFocus=parts.play===document.activeElement;const video=make(
"video","",{controls:true,loop:!once,playsinline:true,"aria-label":row.label});Object.assign(video,{muted:true,autoplay:true});const poster=parts.frame.querySelector(
"img")?.getAttribute("src");if(poster)video.poster=poster;one.video=video;parts.play.hidden=true;parts.play.before(video);const deck=single(video,signal);video.
addEventListener("keydown",event=>pressKey(event,deck),{signal});if(once)loopLater(video,signal);this.#player.load(video,{id:row.id,src:row.src},words=>say(parts.
loading,words));if(hadFocus)video.focus({preventScroll:true})}#play(one){for(const other of one.root.parentElement?.querySelectorAll("video")??[])other.pause();
this.#open(one)}#enlarge(one){if(!one.video)this.#play(one);if(one.video)enlarge(one.video)}async#copyPrompt({row,parts:{prompt}}){if(await copyText(row.prompt))
return this.#wire.tell("Prompt copied.");prompt.open=true;const summary=prompt.querySelector("summary");if(summary)getSelection()?.selectAllChildren(summary);this.#wire.
tell(NO_COPY)}async#download({row:{id,src,file},parts:{loading}}){if(!src)return;try{const href=await this.#player.address({id,src},words=>say(loading,words));make(
"a","",{href,download:file}).click()}catch(error){this.#wire.tell(error.message,"error")}say(loading,"")}#rename(one){const{root:li,parts,row}=one;if(li.querySelector(
"form.rename"))return;const{root,field,leave}=renameForm(row);const{signal}=this.#wire;const before=field.value;const close=()=>{root.remove();parts.name.hidden=
false;parts.actions.querySelector('[data-act="rename"]')?.focus()};leave.addEventListener("click",close,{signal});const key2=event=>{event.stopPropagation();if(event.
key==="Escape")close()};root.addEventListener("keydown",key2,{signal});const save2=async event=>{event.preventDefault();const name=field.value.trim();if(name===
before)return close();if(await this.#ask(row.id,"rename",{name})&&root.isConnected)close();else field.focus()};root.addEventListener("submit",save2,{signal});parts.
name.hidden=true;parts.name.before(root);field.focus();field.select()}async#press(one,kind){if(one.asked)return;rest2(one,kind);const isGranted=await this.#ask(
one.id,kind);if(!one.asked)return;if(!isGranted)wake(one);else if(kind==="retry")settle(one)}async#fill(one,kind){const isFilled=await this.#ask(one.id,kind);const{
activeElement}=document;if(isFilled&&(activeElement===document.body||one.root.contains(activeElement)))this.#toForm()}async#hide(row,hidden){const wasPicked=this.#list.
isPicked(row.id);const undo=async()=>{await this.#hide({...row,hidden},!hidden);if(wasPicked)this.#list.pick(row.id)};if(await this.#ask(row.id,"hide",{hidden},
{words:"Undo",does:undo}))this.#list.merge([{...row,hidden}])}preview(one,list2){const isQuiet=[...list2.querySelectorAll("video")].every(({paused,autoplay,error})=>error||
paused&&!autoplay);if(mayPreview(one.root,isQuiet,list2.getBoundingClientRect()))this.#open(one,{once:true})}};function stop({video}){if(!video)return;video.pause();video.removeAttribute("src");video.load()}var TileList=class{root=make("ul","tiles",{role:"list"});order=[];sortedBy="";#tiles=new Map;#about;constructor(about){
this.#about=about}get tiles(){return[...this.#tiles.values()]}get(id){return this.#tiles.get(id)}of(target){const{id=""}=target.closest(".tile")?.dataset??{};return this.#tiles.
get(id)}draw(before,row){const one=this.#tiles.get(row.id);if(!one)return;this.#draw(one,row);const hasAnother=before?.src!==row.src||before?.has_picture!==row.
has_picture;if(hasAnother)this.#about.pictures.watch(row.id,one.root)}drawPoster(id){const one=this.#tiles.get(id);if(one)drawPoster(one,this.#about.pictures.of(
id))}drawPicks(){for(const one of this.tiles)drawPick(one,this.#about.isPicked(one.id))}tick(){for(const one of this.tiles)if(!one.row.final)tick2(one)}stop(){this.
tiles.forEach(stop)}arrange(ids){const wanted=new Set(ids);const at=this.order.findIndex(id=>this.#tiles.get(id)?.root.contains(focused()));const near=at<0?[]:[
...this.order.slice(at),...this.order.slice(0,at).reverse()];const after=near.find(id=>wanted.has(id));for(const one of this.tiles)if(!wanted.has(one.id))this.#drop(
one);this.#place(ids);if(at>=0&&after!==this.order[at])(this.#tiles.get(after??"")?.root??this.#about.otherwise).focus({preventScroll:true});this.order=ids}#place(ids){
const run=document.createDocumentFragment();let at=this.root.firstChild;for(const id of ids){const{root}=this.#tiles.get(id)??this.#born(id);if(at&&root===at){this.
root.insertBefore(run,at);at=at.nextSibling}else run.append(root)}if(run.hasChildNodes())this.root.insertBefore(run,at);this.root.hidden=ids.length===0}#draw(one,row){
draw(one,row,this.#about.isPicked(row.id));drawMeasure(one,this.sortedBy);drawPoster(one,this.#about.pictures.of(row.id))}#born(id){const one=makeTile(id,this.#about.
hands);this.#tiles.set(id,one);this.#draw(one,this.#about.row(id));this.#about.pictures.watch(id,one.root);return one}#drop(one){this.#about.pictures.forget(one.
id);stop(one);one.root.remove();this.#tiles.delete(one.id)}};var NEAR2="600px 0px";var EMPTY="Your clips will stand here. Write a prompt and press Generate.";var heard=new Map;function skeleton9(){const parts={more:make("\
button","more",{type:"button",hidden:true},"Show more"),nothing:make("p"),reset:make("button","",{type:"button"},"Clear the filter"),film:icon("play"),glass:icon(
"search"),spoken:make("p","spoken",{role:"status","aria-live":"polite"})};const empty=make("div","empty",{hidden:true},parts.film,parts.glass,parts.nothing,parts.
reset);return{...parts,empty,scroller:make("div","scroller")}}var RATINGS=CSS2.replaceAll(".hailuo-rating",":is(.hailuo-panel,#hailuo-panel) .hailuo-rating");var allOf=({
group},total)=>group?.reduce((sum,[,number2])=>sum+number2,0)??total;var Gallery=class{#wire;#parts=skeleton9();#known=new Map;#filter={};#state={more:false,cursor:null,
total:0,all:0,facets:{}};#turn=0;#isLoading=false;#newest_ms=0;#bar;#compare;#list;#acts;#voice;#nearEnd;constructor(wire,toForm){const{scroller,spoken:spoken2,
empty,more}=this.#parts;this.#wire=wire;this.#bar=new Filterbar(wire,filter=>{this.#filter=filter;this.#list.sortedBy=filter.sort?.split(":")[0]??"";return this.#ask(
null)});const rowOf=id=>this.#known.get(id);const pictures=new Posters(wire,scroller,rowOf,id=>this.#drawPoster(id));const player=new Player(wire);this.#compare=
new Comparing(wire,{row:rowOf,pictures,player,scroller,otherwise:this.#bar});this.#list=this.#makeList(pictures);this.#acts=this.#makeActs(player,toForm);this.#voice=
teller(spoken2,()=>this.#state.facets.group?.find(([name])=>name==="running")?.[1]);this.#nearEnd=this.#watchEnd();scroller.append(this.#list.root,empty,more);const title=make(
"h3","spoken",{},"Clips");const stand=[make("style","",{},RATINGS),title,this.#bar.root,spoken2,scroller,this.#compare.bar];this.root=make("section","gallery",{
"aria-label":"Clips"},...stand);this.comparison=this.#compare.region;this.#hear(pictures);this.#take(wire.get("first"),true);if(heard.size)this.#merge([...heard.
values()]);pictures.want(...this.#compare.picked)}#makeList(pictures){return new TileList({row:id=>this.#known.get(id),isPicked:id=>this.#compare.picked.includes(
id),pictures,hands:this.#hands(),otherwise:this.#bar})}#hands(){const isReadOnly=Boolean(this.#wire.get("catalogue").read_only);return{without:isReadOnly?["rena\
me","hide"]:[],rate:isReadOnly?null:async(id,asked2)=>(await this.#wire.ask({kind:"rate",id,change:asked2})).rating,enlarge:one=>this.#acts.does.enlarge(one),strip:async id=>(await this.#wire.
ask({kind:"strip",id})).strip}}#makeActs(player,toForm){const list2={merge:rows=>this.#merge(rows),isPicked:id=>this.#compare.picked.includes(id),pick:id=>this.#compare.
toggle(id,true)};return new TileActs(this.#wire,player,list2,toForm)}#watchEnd(){const look=([{isIntersecting}])=>{if(isIntersecting)this.#askMore()};return new IntersectionObserver(
look,{root:this.#parts.scroller,rootMargin:NEAR2})}#hear(pictures){const{signal}=this.#wire;const{root}=this.#list;root.addEventListener("click",event=>this.#click(
event),{signal});root.addEventListener("change",event=>this.#pick(event),{signal});root.addEventListener("keydown",event=>this.#key(event),{signal});this.#parts.
more.addEventListener("click",()=>this.#askMore(),{signal});this.#parts.reset.addEventListener("click",()=>this.#bar.find(),{signal});this.#wire.on("selection",
()=>{this.#list.drawPicks();pictures.want(...this.#compare.picked);this.#compare.draw()});this.#wire.hear("rows",({rows})=>{for(const row of rows)heard.set(row.
id,row);this.#merge(rows)});const timer=setInterval(()=>this.#list.tick(),1e3);const end=()=>{clearInterval(timer);this.#nearEnd.disconnect();this.#voice.end();
this.#list.stop()};signal.addEventListener("abort",end,{once:true})}#drawPoster(id){this.#list.drawPoster(id);if(this.#compare.picked.includes(id))this.#compare.
draw()}#arrange(ids){this.#list.arrange(ids);this.#drawAround()}#drawAround(){const{empty,nothing,reset,film,glass,more,scroller}=this.#parts;const{isSet}=this.#bar;
this.#bar.draw(this.#state,this.#known.size>0);empty.hidden=this.#list.order.length>0||this.#isLoading;say(nothing,isSet?"No clip passes this filter.":EMPTY);reset.
hidden=!isSet;film.toggleAttribute("hidden",isSet);glass.toggleAttribute("hidden",!isSet);more.hidden=!this.#state.more;more.ariaDisabled=String(this.#isLoading);
more.textContent=this.#isLoading?"Loading…":"Show more";scroller.setAttribute("aria-busy",String(this.#isLoading))}#take({rows,more:isMore,total,facets,orders,
cursor},isFirst){const{scroller,more}=this.#parts;for(const row of rows){const before=this.#known.get(row.id);this.#known.set(row.id,row);this.#newest_ms=Math.max(
this.#newest_ms,row.created_at_ms);this.#list.draw(before,row)}this.#state={...this.#state,more:isMore,cursor,total,facets,orders,all:allOf(facets,total)};const ids=rows.
map(({id})=>id);if(isFirst)scroller.scrollTop=0;this.#arrange([...new Set(isFirst?ids:[...this.#list.order,...ids])]);this.#compare.draw();this.#nearEnd.unobserve(
more);this.#nearEnd.observe(more)}async#ask(cursor){if(cursor===null)this.#turn+=1;const mine=this.#turn;const focusFrom=document.activeElement===this.#parts.more?
this.#list.order.length:-1;this.#isLoading=true;this.#drawAround();try{const answer=await this.#wire.ask({kind:"page",filter:this.#filter,cursor});if(mine!==this.#turn||
this.#wire.signal.aborted)return;this.#isLoading=false;this.#take(answer,cursor===null);if(cursor===null)this.#parts.spoken.textContent=`${this.#bar.words}.`;if(focusFrom>=
0)this.#list.get(this.#list.order[focusFrom])?.root.focus()}catch(error){if(mine!==this.#turn)return;this.#isLoading=false;this.#wire.tell(error.message,"error");
this.#drawAround()}}#askMore(){if(this.#state.more&&!this.#isLoading)this.#ask(this.#state.cursor)}#belongs(row){if(this.#filter.sort)return passes(row,this.#filter)&&
row.created_at_ms>this.#newest_ms;const last=this.#known.get(this.#list.order.at(-1)??"");return passes(row,this.#filter)&&(!this.#state.more||!last||row.created_at_ms>=
last.created_at_ms)}#merge(rows){const fresh=[];const gone=new Set;const ended=[];for(const row of rows){const before=this.#learn(row);const one=this.#list.get(
row.id);if(one&&row.hidden!==Boolean(this.#filter.hidden))gone.add(row.id);else if(one){this.#list.draw(before,row);if(!before?.src&&row.src)ended.push(one)}else if(this.#belongs(
row))fresh.push(row)}this.#newest_ms=Math.max(this.#newest_ms,...rows.map(({created_at_ms})=>created_at_ms));const rowOf=id=>this.#known.get(id);if(fresh.length||
gone.size)this.#arrange(this.#filter.sort?this.#onTop(fresh,gone):merged(fresh,this.#list.order,gone,rowOf));else this.#drawAround();this.#compare.draw();for(const one of ended)
this.#acts.preview(one,this.#parts.scroller);this.#voice.hear()}#onTop(fresh,gone){const ids=new Set(fresh.map(({id})=>id));return[...ids,...this.#list.order.filter(
id=>!gone.has(id)&&!ids.has(id))]}#learn(row){const before=this.#known.get(row.id);this.#known.set(row.id,row);const isCounted=!before&&row.created_at_ms<=this.#newest_ms;
if(!isCounted)this.#state=counted(this.#state,this.#filter,before,row);if(before?.group==="running"&&row.group!=="running")this.#voice.ended(row.group);return before}#whereIs(row){
if(row.hidden&&!this.#filter.hidden)return"hidden";return passes(row,this.#filter)?"further down":"outside this filter"}show({ids=[],words=""}){const seen=ids.map(
id=>this.#list.get(id)).find(one=>one!==void 0);seen?.root.scrollIntoView({block:"nearest"});const missing=ids.filter(id=>!this.#list.get(id)).flatMap(id=>this.#known.
get(id)??[]);if(!missing.length)return this.#wire.tell(words);const[row]=missing;const where=this.#whereIs(row);const clear={words:"Clear the filter",does:()=>this.#bar.
find().then(()=>this.show({ids,words}))};const find={words:ids.length===1?"Show it":"Show the first",does:()=>this.#bar.find(row.id,row.hidden).then(()=>this.show(
{ids:[row.id]}))};const told=`${away(missing.length,ids.length)} ${where}.`;this.#wire.tell(told,"",where==="outside this filter"?clear:find)}focusFilter(){this.#bar.
focus()}#click(event){const button4=hit(event,"[data-act]");if(!button4||button4.ariaDisabled==="true")return;this.#acts.does[button4.dataset.act??""](this.#list.
of(button4))}#pick({target}){const box=target;if(!box.matches(".pick"))return;box.checked=this.#compare.toggle(this.#list.of(box).id,box.checked)&&box.checked}#key(event){
const actions=hit(event,".actions");if(actions&&!isChord(event)&&arrow(actions,event.key))claim(event)}};var IDLE_MS=500;var SLOW_MS2=3e3;var BUSY2="The kernel is busy with a cell; it goes on when that ends.";var LOST="This was interrupted before it was answered. L\
ook in the gallery at what came of it before you try again.";var UNANSWERED="The kernel was restarted or has ended before it answered: run %hailuo again and loo\
k at what is in the gallery.";var GONE="The kernel was restarted or has ended: run %hailuo again. Nothing was sent.";var asked=0;function nextAsk(){asked+=1;return`${performance.
timeOrigin}-${asked}`}var Line=class{#told;#line=make("span","",{dir:"auto"});#way=make("button","small",{type:"button",hidden:true});#follow=()=>{};constructor(told,signal){
this.#told=told;told.append(this.#line,this.#way);this.#way.addEventListener("click",()=>this.#follow(),{signal})}get words(){return this.#line.textContent}tell(words,level,remedy){
this.#told.dataset.level=level;this.#follow=remedy?.does??(()=>{});say(this.#way,remedy?.words);say(this.#line,words);this.#told.hidden=this.#line.hidden}};var Wire=class{#model;#line;#on;#waiting=new Map;#heard=new Map;#later=new Map;constructor(model,told,signal){
this.#model=model;this.signal=signal;this.#line=new Line(told,signal);this.#on=listener(model,signal);this.#on("msg:custom",(message,buffers=[])=>this.#take(message,
buffers));for(const event of["comm_live_update","comm:close"])this.#on(event,()=>this.#fall());signal.addEventListener("abort",()=>this.flush(),{once:true})}tell(words,level="",remedy=null){
this.#line.tell(words,level,remedy)}get(name){return this.#model.get(name)}set(name,value){clearTimeout(this.#later.get(name)?.timer);this.#later.delete(name);this.#model.
set(name,value);this.#isPassedOn(()=>this.#model.save_changes())}later(name,value){clearTimeout(this.#later.get(name)?.timer);this.#later.set(name,{value,timer:setTimeout(
()=>this.set(name,value),IDLE_MS)})}flush(){for(const[name,{value}]of[...this.#later])this.set(name,value)}on(name,does){this.#on(`change:${name}`,does)}hear(kind,does){
this.#heard.set(kind,[...this.#heard.get(kind)??[],does])}send(message){return this.#isPassedOn(()=>this.#model.send(message))}ask(message,buffers=[]){const ask=nextAsk();
return new Promise((done,fail)=>{if(!this.#isPassedOn(()=>this.#model.send({...message,ask},void 0,buffers)))return fail(new Error(GONE));const timer=setTimeout(
()=>{this.tell(BUSY2);this.#askAfter(ask,2*SLOW_MS2)},SLOW_MS2);this.#waiting.set(ask,{done,fail,timer})})}async resolve(address){if(/^(data|blob|https?|kernel):/.
test(address))return address;return await this.#model.widget_manager?.resolveUrl?.(address)??address}#isPassedOn(does){try{does();return true}catch{this.tell(GONE,
"error");return false}}#take(message,buffers){const{answer,refused,...rest3}=message;if(refused===void 0)this.#settled(answer)?.done({...rest3,buffers});else this.#settled(
answer)?.fail(new Error(refused));for(const does of this.#heard.get(message.kind)??[])does(message,buffers)}#settled(id){const ask=this.#waiting.get(id);if(!ask)
return void 0;this.#waiting.delete(id);clearTimeout(ask.timer);if(this.#line.words===BUSY2)this.tell("");return ask}#askAfter(id,again_ms){const[ask,waits]=[nextAsk(),
this.#waiting.get(id)];if(!waits||!this.send({kind:"heard",ask}))return;const lost=()=>this.#settled(id)?.fail(new Error(LOST));waits.timer=setTimeout(()=>this.#askAfter(
id,2*again_ms),again_ms);this.#waiting.set(ask,{done:lost,fail:lost,timer:0})}#fall(){const left=[...this.#waiting.values()];this.#waiting.clear();for(const{timer,
fail}of left){clearTimeout(timer);fail(new Error(UNANSWERED))}if(left.length)this.tell(UNANSWERED,"error")}};var IDLE_MS2=500;function pressKey2(event,composer,gallery){const isTyping=hit(event,"input:not([type='checkbox']),textarea,select,[contenteditable]");if(event.
key==="/"&&!isTyping&&!isChord(event)){claim(event);gallery.focusFilter()}if(event.key==="Enter"&&(event.ctrlKey||event.metaKey)){claim(event);if(!event.repeat)
composer.generate()}else if(isTyping&&!event.altKey&&(event.key==="Enter"||event.key==="Shift")){event.stopPropagation()}}function tellOfLeaving(root,wire){const leaving=()=>{
const isLeft=!root.contains(document.activeElement);const isStill=[...root.querySelectorAll("video")].every(({paused})=>paused);if(isLeft&&isStill)wire.send({kind:"\
left"})};const out=({relatedTarget})=>{if(relatedTarget&&root.contains(relatedTarget))return;wire.flush();setTimeout(leaving)};root.addEventListener("focusout",
out,{signal:wire.signal});wire.hear("rows",({rows})=>{if(rows.some(({final})=>final))setTimeout(leaving,IDLE_MS2)})}function mount(model,place){const end=new AbortController;
const told=make("div","told",{role:"status","aria-live":"polite",hidden:true});const wire=new Wire(model,told,end.signal);const composer=new Composer(wire,answer=>gallery.
show(answer));const gallery=new Gallery(wire,()=>composer.focus());const shelf=make("div","shelf",{},told,gallery.root);const root=make("section","hailuo-panel",
{"aria-label":"Video panel","data-lm-suppress-shortcuts":"true"},make("div","layout",{},composer.root,gallery.comparison,shelf));root.addEventListener("keydown",
event=>pressKey2(event,composer,gallery),{signal:end.signal});tellOfLeaving(root,wire);wire.hear("told",({words,level})=>wire.tell(words,level));const picture=[
...place.childNodes];place.replaceChildren(root);return{root,leave(){end.abort();if(root.isConnected)root.replaceWith(...picture)}}}function initialize({model}){
const places=document.getElementsByClassName(model.get("place"));const views=[];const look=()=>{for(const place of[...places]){if(views.some(({root})=>root.parentElement===
place))continue;const free=views.find(({root})=>!root.isConnected);if(free)place.replaceChildren(free.root);else views.push(mount(model,place))}};const observer=new MutationObserver(
look);observer.observe(document.body,{childList:true,subtree:true});look();return()=>{observer.disconnect();for(const{leave}of views)leave()}}function render({model,
el}){const{leave}=mount(model,el);return leave}var panel_default={initialize,render};export{panel_default as default};
