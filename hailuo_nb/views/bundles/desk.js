// desk/desk.js c1b6af8d2a132b7e4ffc70e331d8b6a5c0142730fa28d3e1306e60ef69e1b688
var SVG="http://www.w3.org/2000/svg";function make(tag,className="",attributes={},...children){const element=document.createElement(tag);if(className)element.className=className;for(const[name,value]of Object.
entries(attributes)){if(value!=null&&value!==false)element.setAttribute(name,value===true?"":`${value}`)}element.append(...children.filter(child=>child!==null));
return element}function say(element,text){const words=text??"";if(element.textContent!==words)element.textContent=words;element.hidden=words===""}var foreign=text=>make("bdi","",{dir:"auto"},text);function svg(drawn,side_px){const[picture,path]=["svg","path"].map(name=>document.createElementNS(SVG,name));picture.setAttribute("viewBox",`0 0 ${side_px} ${side_px}`);
path.setAttribute("d",drawn);picture.append(path);return picture}var isChord=event=>event.ctrlKey||event.metaKey||event.altKey;function claim(event){event.preventDefault();event.stopPropagation()}function listener(model,signal){return(event,does)=>{model.on(event,does);signal.addEventListener("abort",()=>model.off(event,does))}}function send(model,message){try{model.send(message);return true}catch{return false}}var STAR="M7 .8l1.9 4 4.3.5-3.2 3 .9 4.3L7 10.5l-3.9 2.1.9-4.3-3.2-3 4.3-.5z";var SLOW_MS=3e3;var BUSY="The kernel is busy with a cell; this is kept when that e\
nds.";var CSS=`.hailuo-rating{font-size:12px;margin:6px 0 0;--gold:#d97706;
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
null,wins:wins??rating.wins,note:note?note[1]:rating.note,tags:[...new Set([...rating.tags,...add])].filter(tag=>!drop.includes(tag)).sort()}}var button=(kind,title,attributes,shown)=>make(
"button",kind,{type:"button",title,tabindex:"-1",...attributes},shown);function makeStar(number){const words=`${number} star${number>1?"s":""}`;return button("s\
tar",`${words} (${number}); again takes them back`,{"aria-label":words},svg(STAR,14))}function skeleton(label){const stars=[1,2,3,4,5].map(makeStar);const wins=button(
"wins","This one wins (W)",{"aria-label":"This one wins"},"Wins");const more=button("more","A note and tags (N)",{"aria-label":"Note and tags","aria-expanded":"\
false"},"Note");const tags=make("input","",{type:"text",autocomplete:"off",spellcheck:"false",maxlength:2100});const note=make("textarea","",{rows:2,maxlength:2e3,
dir:"auto"});const form=make("form","",{hidden:true},make("label","",{},"Tags, apart by blanks",tags));form.append(make("label","",{},"Note",note));const told=make(
"p","",{hidden:true});const trouble=make("p","trouble",{role:"status",hidden:true});const bar=make("div","",{},...stars,wins,more);const root=make("div","hailuo\
-rating",{role:"group","aria-label":`Your rating of ${label}`,"data-lm-suppress-shortcuts":"true"},bar,told,trouble);return{root,bar,stars,wins,more,form,tags,note,
told,trouble}}function makeRating(label,ask){const parts=skeleton(label);const{root,bar,stars,wins,more,form,tags,note,told,trouble}=parts;const buttons=[...stars,
wins,more];let[rating,asked]=[NOT_RATED,0];function draw(now){stars.forEach((one,index)=>{one.classList.toggle("on",index<(now.stars??0));one.ariaPressed=String(
index+1===now.stars)});wins.ariaPressed=String(now.wins);if(!form.hidden)fill(now);told.replaceChildren(...now.tags.flatMap(tag=>[foreign(`#${tag}`)," "]),...now.
note?[now.tags.length?"· ":"",foreign(now.note)]:[]);told.hidden=!told.textContent||!form.hidden;if(!ask)showOnly(now);if(!buttons.some(one=>one.tabIndex===0))
tabTo(stars[0])}function fill(now){if(document.activeElement!==tags)tags.value=now.tags.join(" ");if(document.activeElement!==note)note.value=now.note}function showOnly(now){
for(const one of buttons)one.disabled=true;wins.hidden=!now.wins;more.hidden=true;root.hidden=!now.stars&&!now.wins&&told.hidden}async function keep(change){if(!ask)
return;asked+=1;const mine=asked;say(trouble,"");draw(changed(rating,change));const slow=setTimeout(()=>say(trouble,BUSY),SLOW_MS);try{rating=await ask(change);
if(mine===asked)say(trouble,"")}catch(error){say(trouble,error.message)}clearTimeout(slow);if(mine===asked)draw(rating)}function tabTo(to){for(const one of buttons)
one.tabIndex=one===to?0:-1}const star=number=>keep({stars:number===rating.stars?0:number});function unfold(to=form.hidden){if(to)told.after(form);form.hidden=!to;
more.ariaExpanded=String(to);draw(rating);if(to)tags.focus();else more.focus()}function keepTags(){const[before,after]=[rating.tags,wordsOf(tags.value)];const add=after.
filter(tag=>!before.includes(tag));const drop=before.filter(tag=>!after.includes(tag));if(add.length+drop.length)keep({add,drop})}function keepNote(){const after=note.
value.trim();if(after!==rating.note)keep({note:[rating.note,after]})}function key(event){const target=event.target;const at=buttons.indexOf(target);if(at<0){event.
stopPropagation();if(event.key==="Escape")unfold(false);if(event.key==="Enter"&&(event.ctrlKey||event.metaKey))unfold(false);return}const to={ArrowLeft:(at||buttons.
length)-1,ArrowRight:(at+1)%buttons.length,Home:0,End:buttons.length-1}[event.key];const does={w:()=>wins.click(),n:()=>unfold(true)}[event.key];if(isChord(event))
return;if(to!==void 0)buttons[to].focus();else if(/^[1-5]$/.test(event.key)){stars[Number(event.key)-1].focus();star(Number(event.key))}else if(event.key==="0")
keep({stars:0});else if(does)does();else return;claim(event)}stars.forEach((one,index)=>{one.onclick=()=>star(index+1)});wins.onclick=()=>keep({wins:wins.ariaPressed!==
"true"});more.onclick=()=>unfold();tags.onchange=keepTags;note.onchange=keepNote;form.onsubmit=event=>{event.preventDefault();unfold(false)};root.addEventListener(
"keydown",key);bar.addEventListener("focusin",({target})=>tabTo(target));draw(rating);return{root,tell(now){rating=now;draw(changed(now,{}))},at:()=>[...buttons,
tags,note].indexOf(document.activeElement),focus(at){if(at>=buttons.length)unfold(true);[...buttons,tags,note][at]?.focus({preventScroll:true})}}}var AGAIN_MS=1e3;var KEPT_MS=3e3;var GONE="The kernel was restarted or has ended: nothing was kept.";function playedOf(video){if(!video)return null;const{currentTime,
muted,loop,playbackRate}=video;return{currentTime,muted,loop,playbackRate,defaultPlaybackRate:playbackRate}}var Desk=class{#model;#end=new AbortController;#known=new Map;#looked=new Map;#placed=new Map;#asks=new Map;#left=[];#asked=0;#waiting=new Set;#timer=0;constructor(model){
this.#model=model;const on=listener(model,this.#end.signal);on("msg:custom",message=>this.#take(message));on("comm:close",()=>this.#clear());on("comm_live_updat\
e",()=>this.#hearIfLives());const style=make("style","",{},CSS);document.head.append(style);const observer=new MutationObserver(()=>this.#scan());observer.observe(
document.body,{childList:true,subtree:true,attributeFilter:["data-task"]});document.addEventListener("visibilitychange",()=>this.#again(),{signal:this.#end.signal});
this.#end.signal.addEventListener("abort",()=>{observer.disconnect();style.remove();this.#clear()});this.#scan()}leave(){this.#end.abort()}async#hearIfLives(){const{
comm_live:lives}=await this.#model.widget_manager.get_model(this.#model.get("own"));if(!lives)return this.#clear();this.#looked.clear();this.#scan();this.#again()}#scan(){
for(const[root,one]of this.#placed)if(!root.isConnected||root.dataset.task!==one.id)this.#drop(root,one);const free=document.querySelectorAll("[data-task]:not([\
data-rated])");for(const root of free)if(this.#known.has(root.dataset.task??""))this.#place(root);this.#look([...free].map(({dataset})=>dataset.task??"").filter(
id=>!this.#looked.has(id)))}#place(root){const{task:id="",label,file}=root.dataset;const control=makeRating(label??file?.replace(/\.mp4$/,"")??id,change=>this.#rate(
id,change));const end=new AbortController;const one={id,control,at:-1,plays:false,end};const on=(type,does,capture=false)=>root.addEventListener(type,does,{signal:end.
signal,capture});this.#placed.set(root,one);root.dataset.rated="live";root.querySelector(".hailuo-rated")?.toggleAttribute("hidden",true);(root.querySelector("f\
igcaption, .text")??root).append(control.root);control.tell(this.#known.get(id));for(const type of["focusin","pointerenter"])on(type,()=>this.#look([id]));on("f\
ocusin",()=>{one.at=control.at()});const left=()=>{if(root.isConnected&&!control.root.contains(document.activeElement))one.at=-1};on("focusout",()=>setTimeout(left));
const plays=to=>()=>{one.plays=to};on("play",plays(true),true);on("pause",plays(false),true);this.#goOn(root,one)}#drop(root,{id,control,at,plays,end}){const played=root.
matches(".hailuo-card")&&plays?playedOf(root.querySelector("video")):null;if(!root.isConnected&&(at>=0||played))this.#left.push({id,at,played,gone_ms:performance.
now()});end.abort();control.root.remove();this.#placed.delete(root);delete root.dataset.rated;root.querySelector(".hailuo-rated")?.toggleAttribute("hidden",false)}#goOn(root,{
id,control}){this.#left=this.#left.filter(({gone_ms})=>performance.now()-gone_ms<KEPT_MS);const left=this.#left.find(other=>other.id===id);if(!left)return;this.#left.
splice(this.#left.indexOf(left),1);if(left.at>=0&&document.activeElement===document.body)control.focus(left.at);const video=root.querySelector("video");if(!video||
!left.played)return;Object.assign(video,left.played);video.play().catch(()=>{})}#clear(){for(const[root,one]of[...this.#placed])this.#drop(root,one);clearTimeout(
this.#timer);this.#timer=0;this.#waiting.clear();this.#known.clear();this.#looked.clear();for(const{fail}of this.#asks.values())fail(new Error(GONE));this.#asks.
clear()}#look(ids){const now=performance.now();const isDue=id=>now-(this.#looked.get(id)??-AGAIN_MS)>=AGAIN_MS;const due=[...new Set(ids)].filter(id=>id&&isDue(
id));for(const id of ids)if(id&&!due.includes(id))this.#waiting.add(id);if(this.#waiting.size&&!this.#timer)this.#timer=setTimeout(()=>this.#lookNow(),AGAIN_MS);
for(const id of due)this.#looked.set(id,now);if(due.length&&!send(this.#model,{kind:"look",ids:due}))this.#clear()}#lookNow(){const ids=[...this.#waiting];this.#waiting.
clear();this.#timer=0;if(ids.length)this.#look(ids)}#again(){if(!document.hidden)this.#look([...this.#placed.values()].map(({id})=>id))}#rate(id,change){this.#asked+=
1;const ask=`${performance.timeOrigin}-${this.#asked}`;return new Promise((done,fail)=>{this.#asks.set(ask,{done,fail});if(!send(this.#model,{kind:"rate",id,ask,
change}))this.#clear()})}#take({ratings={},ask="",refused}){const[waits,told]=[this.#asks.get(ask),Object.entries(ratings)];this.#asks.delete(ask);for(const[id,
rating]of told)this.#known.set(id,rating);if(refused!==void 0)waits?.fail(new Error(refused));else if(told.length)waits?.done(told[0][1]);for(const{id,control}of this.#placed.
values())if(ratings[id])control.tell(ratings[id]);this.#scan()}};var desk_default={initialize({model}){const desk=new Desk(model);return()=>desk.leave()}};export{desk_default as default};
