<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
    <context>
        <name>Abilities</name>
        <message>
            <source>guidance</source>
            <translation>引导强度</translation>
        </message>
        <message>
            <source>negative prompt</source>
            <translation>负面提示词</translation>
        </message>
        <message>
            <source>notes</source>
            <translation>音符</translation>
        </message>
        <message>
            <source>nothing but a length</source>
            <translation>仅长度</translation>
        </message>
        <message>
            <source>other tracks</source>
            <translation>其他轨道</translation>
        </message>
        <message>
            <source>prompt</source>
            <translation>提示词</translation>
        </message>
        <message>
            <source>{model} does not hear other tracks</source>
            <translation>{model} 不聆听其他轨道</translation>
        </message>
        <message>
            <source>{model} follows no notes</source>
            <translation>{model} 不遵循音符</translation>
        </message>
        <message>
            <source>{model} knows no guidance</source>
            <translation>{model} 不支持引导强度</translation>
        </message>
        <message>
            <source>{model} reads no negative prompt</source>
            <translation>{model} 不支持负面提示词</translation>
        </message>
        <message>
            <source>{model} reads no prompt</source>
            <translation>{model} 不支持提示词</translation>
        </message>
    </context>
    <context>
        <name>ActionList</name>
        <message>
            <source>Action</source>
            <translation>操作</translation>
        </message>
        <message>
            <source>It came with: {keys}</source>
            <translation>默认：{keys}</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>按键</translation>
        </message>
        <message>
            <source>none</source>
            <translation>无</translation>
        </message>
    </context>
    <context>
        <name>Analysis</name>
        <message>
            <source>-inf LUFS</source>
            <translation>-inf LUFS</translation>
        </message>
        <message>
            <source>-inf dBFS</source>
            <translation>-inf dBFS</translation>
        </message>
        <message>
            <source>-inf dBTP</source>
            <translation>-inf dBTP</translation>
        </message>
        <message>
            <source>Between soft and loud passages (EBU Tech 3342); needs 3 s</source>
            <translation>弱段与强段之间的差 (EBU Tech 3342)；至少需要 3 秒</translation>
        </message>
        <message>
            <source>Highest between the samples too; streaming asks for -1 dBTP at most</source>
            <translation>包括采样点之间的最高峰值；流媒体平台要求不超过 -1 dBTP</translation>
        </message>
        <message>
            <source>Integrated</source>
            <translation>整体响度</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>长度</translation>
        </message>
        <message>
            <source>Loudness of the whole, gated (ITU-R BS.1770); needs 0.4 s</source>
            <translation>整体的门限响度 (ITU-R BS.1770)；至少需要 0.4 秒</translation>
        </message>
        <message>
            <source>Loudness range</source>
            <translation>响度范围</translation>
        </message>
        <message>
            <source>Mix</source>
            <translation>混音</translation>
        </message>
        <message>
            <source>Mix within the loop</source>
            <translation>循环范围内的混音</translation>
        </message>
        <message>
            <source>Momentary max</source>
            <translation>瞬时最大值</translation>
        </message>
        <message>
            <source>No take sounds here. Render regions with Ctrl+Enter, and their mix is measured.</source>
            <translation>此处没有可播放的版本。按 Ctrl+Enter 渲染区域后，即可测量其混音。</translation>
        </message>
        <message>
            <source>No take sounds here. Render the region with Ctrl+Enter, and it is measured.</source>
            <translation>此处没有可播放的版本。按 Ctrl+Enter 渲染该区域后，即可测量。</translation>
        </message>
        <message>
            <source>Of what is measured</source>
            <translation>测量内容的长度</translation>
        </message>
        <message>
            <source>Sample peak</source>
            <translation>采样峰值</translation>
        </message>
        <message>
            <source>Short-term max</source>
            <translation>短期最大值</translation>
        </message>
        <message>
            <source>The largest sample</source>
            <translation>最大的采样值</translation>
        </message>
        <message>
            <source>The loudest 0.4 s</source>
            <translation>最响的 0.4 秒</translation>
        </message>
        <message>
            <source>The loudest 3 s</source>
            <translation>最响的 3 秒</translation>
        </message>
        <message>
            <source>This track plays no take. Render its regions with Ctrl+Enter, and it is measured.</source>
            <translation>此轨道没有播放任何版本。按 Ctrl+Enter 渲染其区域后，即可测量。</translation>
        </message>
        <message>
            <source>Track {name}</source>
            <translation>轨道 {name}</translation>
        </message>
        <message>
            <source>True peak</source>
            <translation>真峰值</translation>
        </message>
        <message>
            <source>below -70 LUFS</source>
            <translation>低于 -70 LUFS</translation>
        </message>
        <message>
            <source>region without a prompt</source>
            <translation>没有提示词的区域</translation>
        </message>
        <message>
            <source>under {s} s</source>
            <translation>不足 {s} 秒</translation>
        </message>
        <message>
            <source>{n} regions on {tracks}</source>
            <translation>{tracks} 上的 {n} 个区域</translation>
        </message>
    </context>
    <context>
        <name>AnalysisPanel</name>
        <message>
            <source>Copied the figures</source>
            <translation>已复制数值</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <source>Copy the figures</source>
            <translation>复制数值</translation>
        </message>
        <message>
            <source>Measure the mix, within the loop if it is on</source>
            <translation>测量混音；循环打开时只测量循环范围</translation>
        </message>
        <message>
            <source>Measure the selected regions or track</source>
            <translation>测量选中的区域或轨道</translation>
        </message>
        <message>
            <source>Mix</source>
            <translation>混音</translation>
        </message>
        <message>
            <source>Selection</source>
            <translation>选中内容</translation>
        </message>
        <message>
            <source>What is measured</source>
            <translation>测量对象</translation>
        </message>
        <message>
            <source>measuring {n} %</source>
            <translation>正在测量 {n} %</translation>
        </message>
        <message>
            <source>{span}, silent</source>
            <translation>{span}，无声</translation>
        </message>
    </context>
    <context>
        <name>AppearancePage</name>
        <message>
            <source>Colours of the window</source>
            <translation>窗口的颜色</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>深色</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>浅色</translation>
        </message>
        <message>
            <source>Size of text</source>
            <translation>文字大小</translation>
        </message>
        <message>
            <source>Size of the text in the window</source>
            <translation>窗口中文字的大小</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>文字</translation>
        </message>
        <message>
            <source>The window as a whole follows the scale that your system sets.</source>
            <translation>窗口整体跟随系统设置的缩放比例。</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>主题</translation>
        </message>
        <message>
            <source>{n} %</source>
            <translation>{n} %</translation>
        </message>
    </context>
    <context>
        <name>AudioPage</name>
        <message>
            <source>A larger block and latency help where the sound breaks up. With a smaller latency, what you play sounds sooner.</source>
            <translation>声音断续时，可增大缓冲区和延迟。延迟较小时，弹奏的声音会更快响起。</translation>
        </message>
        <message>
            <source>Audio input</source>
            <translation>音频输入</translation>
        </message>
        <message>
            <source>Block</source>
            <translation>缓冲区</translation>
        </message>
        <message>
            <source>Block size</source>
            <translation>缓冲区大小</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>设备</translation>
        </message>
        <message>
            <source>How far ahead the sound is made</source>
            <translation>声音提前生成的时间</translation>
        </message>
        <message>
            <source>How much earlier than the devices say a recorded melody is put</source>
            <translation>录制的旋律比设备所报时间提前多少</translation>
        </message>
        <message>
            <source>How much sound is put together at a time</source>
            <translation>每次处理的声音长度</translation>
        </message>
        <message>
            <source>Input</source>
            <translation>输入</translation>
        </message>
        <message>
            <source>Latency</source>
            <translation>延迟</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>重新查找</translation>
        </message>
        <message>
            <source>Look for devices that were connected since</source>
            <translation>查找新连接的设备</translation>
        </message>
        <message>
            <source>Offset</source>
            <translation>偏移</translation>
        </message>
        <message>
            <source>Offset of recordings</source>
            <translation>录音偏移</translation>
        </message>
        <message>
            <source>Plays on</source>
            <translation>正在使用</translation>
        </message>
        <message>
            <source>Recorded melodies are put where they were sung, by what the devices say of themselves. Where they still lie late, the offset puts them earlier.</source>
            <translation>录制的旋律会按设备自报的延迟放到演唱时的位置。若仍偏晚，可用偏移将其提前。</translation>
        </message>
        <message>
            <source>Sample rate</source>
            <translation>采样率</translation>
        </message>
        <message>
            <source>Sound device</source>
            <translation>声音设备</translation>
        </message>
        <message>
            <source>The rate that the device plays at; another than the song's is converted</source>
            <translation>设备的采样率；与歌曲不同时会进行转换</translation>
        </message>
        <message>
            <source>What melodies are recorded from</source>
            <translation>从哪个输入录制旋律</translation>
        </message>
        <message>
            <source>What the device gave</source>
            <translation>设备的实际设置</translation>
        </message>
        <message>
            <source>What the song is heard on</source>
            <translation>播放歌曲的设备</translation>
        </message>
        <message>
            <source>nothing: there is no sound engine</source>
            <translation>无：没有声音引擎</translation>
        </message>
        <message>
            <source>the song's ({rate:g} kHz)</source>
            <translation>与歌曲相同 ({rate:g} kHz)</translation>
        </message>
        <message>
            <source>the system's</source>
            <translation>跟随系统</translation>
        </message>
        <message>
            <source>the system's ({name})</source>
            <translation>跟随系统（{name}）</translation>
        </message>
        <message>
            <source>{frames} frames ({ms:.1f} ms)</source>
            <translation>{frames} 帧 ({ms:.1f} ms)</translation>
        </message>
        <message>
            <source>{name} (not connected)</source>
            <translation>{name}（未连接）</translation>
        </message>
    </context>
    <context>
        <name>BlindPage</name>
        <message>
            <source>A and B switch, X chooses what you hear, Escape ends.</source>
            <translation>A 和 B 键切换，X 键选用正在听的，Esc 键结束。</translation>
        </message>
        <message>
            <source>Back to the takes</source>
            <translation>返回版本</translation>
        </message>
        <message>
            <source>Blind comparison</source>
            <translation>盲听比较</translation>
        </message>
        <message>
            <source>Choose what you hear (X)</source>
            <translation>选用正在听的 (X)</translation>
        </message>
        <message>
            <source>End</source>
            <translation>结束</translation>
        </message>
        <message>
            <source>End the comparison (Escape)</source>
            <translation>结束比较 (Esc)</translation>
        </message>
        <message>
            <source>Hear A (A)</source>
            <translation>听 A (A)</translation>
        </message>
        <message>
            <source>Hear B (B)</source>
            <translation>听 B (B)</translation>
        </message>
        <message>
            <source>Nothing was chosen.</source>
            <translation>没有作出选择。</translation>
        </message>
        <message>
            <source>Round {n}</source>
            <translation>第 {n} 轮</translation>
        </message>
        <message>
            <source>The result is kept with the takes.</source>
            <translation>结果会与版本一起保存。</translation>
        </message>
        <message>
            <source>This one</source>
            <translation>这一个</translation>
        </message>
        <message>
            <source>Which is better?</source>
            <translation>哪一个更好？</translation>
        </message>
    </context>
    <context>
        <name>Bringing</name>
        <message>
            <source>Import {name}</source>
            <translation>导入 {name}</translation>
        </message>
        <message>
            <source>Imported {name}</source>
            <translation>已导入 {name}</translation>
        </message>
    </context>
    <context>
        <name>Browser</name>
        <message>
            <source>Browser</source>
            <translation>浏览器</translation>
        </message>
        <message>
            <source>Files</source>
            <translation>文件</translation>
        </message>
        <message>
            <source>MIDI and audio files of this machine</source>
            <translation>本机的 MIDI 和音频文件</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Models that render the song</source>
            <translation>渲染歌曲的模型</translation>
        </message>
        <message>
            <source>Prompts</source>
            <translation>提示词</translation>
        </message>
        <message>
            <source>The library of prompts</source>
            <translation>提示词库</translation>
        </message>
    </context>
    <context>
        <name>Changing</name>
        <message>
            <source>Add region</source>
            <translation>添加区域</translation>
        </message>
        <message>
            <source>Change length of notes</source>
            <translation>更改音符长度</translation>
        </message>
        <message>
            <source>Choose a scale first</source>
            <translation>请先选择音阶</translation>
        </message>
        <message>
            <source>Copy clips or regions first</source>
            <translation>请先复制片段或区域</translation>
        </message>
        <message>
            <source>Cut</source>
            <translation>剪切</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>删除</translation>
        </message>
        <message>
            <source>Duplicate</source>
            <translation>创建副本</translation>
        </message>
        <message>
            <source>Duplicate notes</source>
            <translation>创建音符副本</translation>
        </message>
        <message>
            <source>Erase notes</source>
            <translation>擦除音符</translation>
        </message>
        <message>
            <source>Fit to scale</source>
            <translation>贴合音阶</translation>
        </message>
        <message>
            <source>Humanise</source>
            <translation>人性化</translation>
        </message>
        <message>
            <source>Join</source>
            <translation>合并</translation>
        </message>
        <message>
            <source>Legato</source>
            <translation>连奏</translation>
        </message>
        <message>
            <source>Move notes</source>
            <translation>移动音符</translation>
        </message>
        <message>
            <source>Paste</source>
            <translation>粘贴</translation>
        </message>
        <message>
            <source>Paste notes</source>
            <translation>粘贴音符</translation>
        </message>
        <message>
            <source>Put the playhead within a selected clip or region to split it there</source>
            <translation>请将播放头放在选中的片段或区域内，再在该处拆分</translation>
        </message>
        <message>
            <source>Quantise</source>
            <translation>量化</translation>
        </message>
        <message>
            <source>Reverse</source>
            <translation>反转</translation>
        </message>
        <message>
            <source>Select a clip or a region first</source>
            <translation>请先选择片段或区域</translation>
        </message>
        <message>
            <source>Select two clips, or regions that touch, of one track to join them</source>
            <translation>请选择同一轨道上的两个片段或相接的区域，再合并</translation>
        </message>
        <message>
            <source>Split</source>
            <translation>拆分</translation>
        </message>
        <message>
            <source>There are too few tracks to paste on</source>
            <translation>轨道不够，无法粘贴</translation>
        </message>
        <message>
            <source>Transpose notes</source>
            <translation>移调音符</translation>
        </message>
    </context>
    <context>
        <name>Chips</name>
        <message>
            <source>Put “{word}” into the prompt, or take it out</source>
            <translation>在提示词中加入或去除“{word}”</translation>
        </message>
        <message>
            <source>Words of this kind: {kind}</source>
            <translation>此类词语：{kind}</translation>
        </message>
    </context>
    <context>
        <name>ChordField</name>
        <message>
            <source>Chord</source>
            <translation>和弦</translation>
        </message>
        <message>
            <source>Chord that one stroke draws</source>
            <translation>一次绘制画出的和弦</translation>
        </message>
    </context>
    <context>
        <name>Chords</name>
        <message>
            <source>Augmented</source>
            <translation>增三和弦</translation>
        </message>
        <message>
            <source>Diminished</source>
            <translation>减三和弦</translation>
        </message>
        <message>
            <source>Fifth</source>
            <translation>五度</translation>
        </message>
        <message>
            <source>Major</source>
            <translation>大三和弦</translation>
        </message>
        <message>
            <source>Minor</source>
            <translation>小三和弦</translation>
        </message>
        <message>
            <source>Octave</source>
            <translation>八度</translation>
        </message>
        <message>
            <source>Single notes</source>
            <translation>单音</translation>
        </message>
        <message>
            <source>Triad in scale</source>
            <translation>调内三和弦</translation>
        </message>
    </context>
    <context>
        <name>ClipSection</name>
        <message>
            <source>Clip</source>
            <translation>片段</translation>
        </message>
        <message>
            <source>End</source>
            <translation>结束</translation>
        </message>
        <message>
            <source>End of the clip</source>
            <translation>片段的结束位置</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>长度</translation>
        </message>
        <message>
            <source>Move clip</source>
            <translation>移动片段</translation>
        </message>
        <message>
            <source>Notes</source>
            <translation>音符</translation>
        </message>
        <message>
            <source>Resize clip</source>
            <translation>调整片段长度</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>开始</translation>
        </message>
        <message>
            <source>Start of the clip</source>
            <translation>片段的开始位置</translation>
        </message>
        <message>
            <source>none yet</source>
            <translation>尚无</translation>
        </message>
        <message>
            <source>{n}, pitch {low} to {high}</source>
            <translation>{n} 个，音高 {low} 至 {high}</translation>
        </message>
        <message>
            <source>{what} as bar.beat.tick</source>
            <translation>{what}，格式为 小节.拍.tick</translation>
        </message>
    </context>
    <context>
        <name>ColourButton</name>
        <message>
            <source>Colour of the track</source>
            <translation>轨道颜色</translation>
        </message>
        <message>
            <source>Colour of the track: click to choose another</source>
            <translation>轨道颜色：点击可另选</translation>
        </message>
        <message>
            <source>Colour {n}</source>
            <translation>颜色 {n}</translation>
        </message>
    </context>
    <context>
        <name>CommandPalette</name>
        <message>
            <source>A few letters of what it does; arrows choose, Return runs</source>
            <translation>输入功能名称中的几个字；方向键选择，回车键执行</translation>
        </message>
        <message>
            <source>Click to run; Escape closes</source>
            <translation>点击执行；Esc 键关闭</translation>
        </message>
        <message>
            <source>Command palette</source>
            <translation>命令面板</translation>
        </message>
        <message>
            <source>Commands found</source>
            <translation>找到的命令</translation>
        </message>
        <message>
            <source>No command has these letters.</source>
            <translation>没有包含这些字的命令。</translation>
        </message>
        <message>
            <source>What would you like to do?</source>
            <translation>想做什么？</translation>
        </message>
        <message>
            <source>Words of a command</source>
            <translation>命令中的字词</translation>
        </message>
    </context>
    <context>
        <name>Commands</name>
        <message>
            <source>A clip of a bar on the selected track, where the playhead stands</source>
            <translation>在选中轨道的播放头处添加一个小节长的片段</translation>
        </message>
        <message>
            <source>A region over what is selected, or over a bar at the playhead</source>
            <translation>在选中内容上，或在播放头处的一个小节上添加区域</translation>
        </message>
        <message>
            <source>A semitone down</source>
            <translation>降低半音</translation>
        </message>
        <message>
            <source>A semitone up</source>
            <translation>升高半音</translation>
        </message>
        <message>
            <source>Add a clip</source>
            <translation>添加片段</translation>
        </message>
        <message>
            <source>Add a marker</source>
            <translation>添加标记</translation>
        </message>
        <message>
            <source>Add a region</source>
            <translation>添加区域</translation>
        </message>
        <message>
            <source>Add clip</source>
            <translation>添加片段</translation>
        </message>
        <message>
            <source>Add marker</source>
            <translation>添加标记</translation>
        </message>
        <message>
            <source>Add region</source>
            <translation>添加区域</translation>
        </message>
        <message>
            <source>An octave down</source>
            <translation>降低八度</translation>
        </message>
        <message>
            <source>An octave up</source>
            <translation>升高八度</translation>
        </message>
        <message>
            <source>Computer keyboard plays</source>
            <translation>用电脑键盘演奏</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <source>Copy notes</source>
            <translation>复制音符</translation>
        </message>
        <message>
            <source>Cut</source>
            <translation>剪切</translation>
        </message>
        <message>
            <source>Cut notes in two</source>
            <translation>将音符切成两段</translation>
        </message>
        <message>
            <source>Cut out notes</source>
            <translation>剪切音符</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>删除</translation>
        </message>
        <message>
            <source>Draw</source>
            <translation>绘制</translation>
        </message>
        <message>
            <source>Draw clips</source>
            <translation>绘制片段</translation>
        </message>
        <message>
            <source>Draw notes; again to select</source>
            <translation>绘制音符；再按一次回到选择</translation>
        </message>
        <message>
            <source>Duplicate</source>
            <translation>创建副本</translation>
        </message>
        <message>
            <source>Duplicate notes</source>
            <translation>创建音符副本</translation>
        </message>
        <message>
            <source>Earlier by the grid</source>
            <translation>按网格前移</translation>
        </message>
        <message>
            <source>Erase</source>
            <translation>擦除</translation>
        </message>
        <message>
            <source>Erase notes</source>
            <translation>擦除音符</translation>
        </message>
        <message>
            <source>Erase notes under the pointer</source>
            <translation>擦除指针下的音符</translation>
        </message>
        <message>
            <source>Fit to scale</source>
            <translation>贴合音阶</translation>
        </message>
        <message>
            <source>Ghost notes</source>
            <translation>幽灵音符</translation>
        </message>
        <message>
            <source>Hear notes</source>
            <translation>试听音符</translation>
        </message>
        <message>
            <source>Hear notes as they are clicked and moved</source>
            <translation>点击和移动音符时试听</translation>
        </message>
        <message>
            <source>Humanise</source>
            <translation>人性化</translation>
        </message>
        <message>
            <source>Join</source>
            <translation>合并</translation>
        </message>
        <message>
            <source>Keep to scale</source>
            <translation>保持在音阶内</translation>
        </message>
        <message>
            <source>Later by the grid</source>
            <translation>按网格后移</translation>
        </message>
        <message>
            <source>Legato</source>
            <translation>连奏</translation>
        </message>
        <message>
            <source>Let drawn and moved notes go to the nearest tone of the scale</source>
            <translation>绘制和移动的音符自动落到最近的音阶音</translation>
        </message>
        <message>
            <source>Let notes touch</source>
            <translation>让音符首尾相接</translation>
        </message>
        <message>
            <source>Longer by the grid</source>
            <translation>按网格延长</translation>
        </message>
        <message>
            <source>Marker {n}</source>
            <translation>标记 {n}</translation>
        </message>
        <message>
            <source>Move notes to the nearest pitch of the scale</source>
            <translation>将音符移到音阶中最近的音高</translation>
        </message>
        <message>
            <source>Paste at the playhead</source>
            <translation>在播放头处粘贴</translation>
        </message>
        <message>
            <source>Paste notes at the playhead</source>
            <translation>在播放头处粘贴音符</translation>
        </message>
        <message>
            <source>Play notes on the letters A to L; Z and X change the octave</source>
            <translation>用字母键 A 至 L 演奏音符；Z 和 X 切换八度</translation>
        </message>
        <message>
            <source>Play the notes from the last to the first</source>
            <translation>将音符从后往前演奏</translation>
        </message>
        <message>
            <source>Play the take of the lane</source>
            <translation>选用此分层的版本</translation>
        </message>
        <message>
            <source>Play the take of the lane within the loop</source>
            <translation>在循环范围内播放此分层的版本</translation>
        </message>
        <message>
            <source>Quantise</source>
            <translation>量化</translation>
        </message>
        <message>
            <source>Quantise with strength and swing…</source>
            <translation>按强度和摇摆量化…</translation>
        </message>
        <message>
            <source>Reverse</source>
            <translation>反转</translation>
        </message>
        <message>
            <source>Select</source>
            <translation>选择</translation>
        </message>
        <message>
            <source>Select a track first</source>
            <translation>请先选择轨道</translation>
        </message>
        <message>
            <source>Select all</source>
            <translation>全选</translation>
        </message>
        <message>
            <source>Select all notes</source>
            <translation>选择所有音符</translation>
        </message>
        <message>
            <source>Select the next part</source>
            <translation>选择下一个片段或区域</translation>
        </message>
        <message>
            <source>Select the part before</source>
            <translation>选择上一个片段或区域</translation>
        </message>
        <message>
            <source>Select the track above</source>
            <translation>选择上方轨道</translation>
        </message>
        <message>
            <source>Select the track below</source>
            <translation>选择下方轨道</translation>
        </message>
        <message>
            <source>Select, move and resize notes</source>
            <translation>选择、移动音符并调整长度</translation>
        </message>
        <message>
            <source>Shorter by the grid</source>
            <translation>按网格缩短</translation>
        </message>
        <message>
            <source>Show the notes</source>
            <translation>显示音符</translation>
        </message>
        <message>
            <source>Show the notes of the clip, or play the take of the lane</source>
            <translation>显示片段的音符，或选用此分层的版本</translation>
        </message>
        <message>
            <source>Show the notes of the other tracks, and improvised ones</source>
            <translation>显示其他轨道的音符和即兴的音符</translation>
        </message>
        <message>
            <source>Slice</source>
            <translation>切分</translation>
        </message>
        <message>
            <source>Split at the playhead</source>
            <translation>在播放头处拆分</translation>
        </message>
        <message>
            <source>Star the take of the lane or region</source>
            <translation>给此分层或区域的版本加星标</translation>
        </message>
        <message>
            <source>Step input</source>
            <translation>步进输入</translation>
        </message>
        <message>
            <source>To the lane above</source>
            <translation>到上一分层</translation>
        </message>
        <message>
            <source>To the lane below, of the takes of the region</source>
            <translation>到下一分层（区域的版本）</translation>
        </message>
        <message>
            <source>To the track above</source>
            <translation>移到上方轨道</translation>
        </message>
        <message>
            <source>To the track below</source>
            <translation>移到下方轨道</translation>
        </message>
        <message>
            <source>Vary times and velocities a little</source>
            <translation>让时间和力度略有变化</translation>
        </message>
        <message>
            <source>Write played notes one after another; right arrow: rest, backspace: back</source>
            <translation>将弹奏的音符逐个写入；右方向键：休止，退格键：退回</translation>
        </message>
        <message>
            <source>Zoom in on notes</source>
            <translation>放大音符</translation>
        </message>
        <message>
            <source>Zoom in on the timeline</source>
            <translation>放大时间线</translation>
        </message>
        <message>
            <source>Zoom out of notes</source>
            <translation>缩小音符</translation>
        </message>
        <message>
            <source>Zoom out of the timeline</source>
            <translation>缩小时间线</translation>
        </message>
        <message>
            <source>Zoom to selected notes</source>
            <translation>缩放到选中音符</translation>
        </message>
        <message>
            <source>Zoom to the clip</source>
            <translation>缩放到片段</translation>
        </message>
        <message>
            <source>Zoom to the selection</source>
            <translation>缩放到选中内容</translation>
        </message>
        <message>
            <source>Zoom to the song</source>
            <translation>缩放到整首歌曲</translation>
        </message>
    </context>
    <context>
        <name>CompLanes</name>
        <message>
            <source>Comp</source>
            <translation>拼接</translation>
        </message>
        <message>
            <source>Drag over a lane: its take plays there. Shift leaves the grid, Escape cancels</source>
            <translation>在某层上拖动：该处播放此层的版本。按住 Shift 不吸附网格，Esc 键取消</translation>
        </message>
        <message>
            <source>Lanes of the takes</source>
            <translation>版本分层</translation>
        </message>
    </context>
    <context>
        <name>Corner</name>
        <message>
            <source>Bars</source>
            <translation>小节</translation>
        </message>
        <message>
            <source>Time, min:s</source>
            <translation>时间，分:秒</translation>
        </message>
    </context>
    <context>
        <name>Crossfade</name>
        <message>
            <source>Crossfade</source>
            <translation>交叉淡化</translation>
        </message>
        <message>
            <source>Crossfade between takes</source>
            <translation>版本之间的交叉淡化</translation>
        </message>
    </context>
    <context>
        <name>CueSheetDialog</name>
        <message>
            <source>A span and what shall sound in it: several on a line, or one</source>
            <translation>一段范围及其声音：每行可写多个或一个</translation>
        </message>
        <message>
            <source>A text of {n} letters is no cue sheet; one may have {most}. Take a part of it</source>
            <translation>{n} 个字符的文本不是提示表；提示表最多 {most} 个字符。请只取其中一部分</translation>
        </message>
        <message>
            <source>Cue sheet</source>
            <translation>提示表</translation>
        </message>
        <message>
            <source>Cues</source>
            <translation>提示</translation>
        </message>
        <message>
            <source>End</source>
            <translation>结束</translation>
        </message>
        <message>
            <source>Import</source>
            <translation>导入</translation>
        </message>
        <message>
            <source>Import cue sheet</source>
            <translation>导入提示表</translation>
        </message>
        <message>
            <source>Line</source>
            <translation>行</translation>
        </message>
        <message>
            <source>Make these regions; undo takes all of them back</source>
            <translation>创建这些区域；撤销可全部撤回</translation>
        </message>
        <message>
            <source>Nothing is imported yet; lines to mend: {n}</source>
            <translation>尚未导入；需要修正的行：{n}</translation>
        </message>
        <message>
            <source>Open a cue sheet</source>
            <translation>打开提示表</translation>
        </message>
        <message>
            <source>Open a file...</source>
            <translation>打开文件…</translation>
        </message>
        <message>
            <source>Paste a cue sheet, or open a file.</source>
            <translation>请粘贴提示表，或打开文件。</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>提示词</translation>
        </message>
        <message>
            <source>Read the text of a file</source>
            <translation>读取文件中的文本</translation>
        </message>
        <message>
            <source>Regions of the cue sheet</source>
            <translation>提示表中的区域</translation>
        </message>
        <message>
            <source>Regions of the cue sheet: {n}</source>
            <translation>提示表中的区域：{n}</translation>
        </message>
        <message>
            <source>Regions: {n}</source>
            <translation>区域：{n}</translation>
        </message>
        <message>
            <source>Set tempo changes</source>
            <translation>设置速度变化</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>开始</translation>
        </message>
        <message>
            <source>Tempo</source>
            <translation>速度</translation>
        </message>
        <message>
            <source>Text files (*.txt *.md);;All files (*)</source>
            <translation>文本文件 (*.txt *.md);;所有文件 (*)</translation>
        </message>
        <message>
            <source>The track that gets the regions</source>
            <translation>放置区域的轨道</translation>
        </message>
        <message>
            <source>Track</source>
            <translation>轨道</translation>
        </message>
        <message>
            <source>What the regions will be, and which lines cannot be read</source>
            <translation>将创建的区域，以及无法读取的行</translation>
        </message>
        <message>
            <source>Where a cue names a tempo, as 90 BPM, change that of the song</source>
            <translation>提示中写明速度（如 90 BPM）时，更改歌曲的速度</translation>
        </message>
        <message>
            <source>[0:15] "soft guitar, 60 BPM" [15:30] "drums come in, 90 BPM"
0:30-1:00 full orchestra
bars 17-24: solo piano</source>
            <translation>[0:15] "轻柔的吉他, 60 BPM" [15:30] "鼓进入, 90 BPM"
0:30-1:00 完整的管弦乐队
bars 17-24: 钢琴独奏</translation>
        </message>
        <message>
            <source>[0:15] means seconds 0 to 15; with a dash, 0:15-0:30 means minutes and seconds; bars 1-8 means bars.</source>
            <translation>[0:15] 表示第 0 至 15 秒；带连字符的 0:15-0:30 表示分和秒；bars 1-8 表示小节。</translation>
        </message>
        <message>
            <source>a new track</source>
            <translation>新轨道</translation>
        </message>
        <message>
            <source>{text}: {why}</source>
            <translation>{text}：{why}</translation>
        </message>
    </context>
    <context>
        <name>Details</name>
        <message>
            <source>Comment</source>
            <translation>注释</translation>
        </message>
        <message>
            <source>Comment on the take</source>
            <translation>版本注释</translation>
        </message>
        <message>
            <source>The take and its recipe</source>
            <translation>版本及其配方</translation>
        </message>
        <message>
            <source>What you think of the take; Shift+Return begins a line</source>
            <translation>对此版本的看法；Shift+回车键换行</translation>
        </message>
    </context>
    <context>
        <name>Dialogs</name>
        <message>
            <source>Add, choose and measure what renders</source>
            <translation>添加、选择和测量用于渲染的模型</translation>
        </message>
        <message>
            <source>Every action with its keys, to be changed</source>
            <translation>所有操作及其按键，可以更改</translation>
        </message>
        <message>
            <source>Every step so far; go to any of them</source>
            <translation>到目前为止的每一步，可回到其中任意一步</translation>
        </message>
        <message>
            <source>Find an action...</source>
            <translation>查找操作…</translation>
        </message>
        <message>
            <source>Find any action by a few letters</source>
            <translation>输入几个字查找任意操作</translation>
        </message>
        <message>
            <source>History...</source>
            <translation>历史记录…</translation>
        </message>
        <message>
            <source>Import cue sheet...</source>
            <translation>导入提示表…</translation>
        </message>
        <message>
            <source>Keyboard shortcuts...</source>
            <translation>键盘快捷键…</translation>
        </message>
        <message>
            <source>Make regions of text that says what sounds when</source>
            <translation>由写明何时发出何种声音的文本创建区域</translation>
        </message>
        <message>
            <source>Make regions of the text on the clipboard</source>
            <translation>由剪贴板中的文本创建区域</translation>
        </message>
        <message>
            <source>Make takes from the take that plays</source>
            <translation>由正在使用的版本生成新版本</translation>
        </message>
        <message>
            <source>Models...</source>
            <translation>模型…</translation>
        </message>
        <message>
            <source>Paste as cue sheet...</source>
            <translation>粘贴为提示表…</translation>
        </message>
        <message>
            <source>Preferences...</source>
            <translation>偏好设置…</translation>
        </message>
        <message>
            <source>Prompt sweep...</source>
            <translation>提示词扫描…</translation>
        </message>
        <message>
            <source>Render several prompts by the same seeds</source>
            <translation>用相同的种子渲染多个提示词</translation>
        </message>
        <message>
            <source>Sound, appearance, language, saving</source>
            <translation>声音、外观、语言、保存</translation>
        </message>
        <message>
            <source>Variations...</source>
            <translation>变奏…</translation>
        </message>
    </context>
    <context>
        <name>Dropping</name>
        <message>
            <source>Drop the prompt on a region</source>
            <translation>将提示词拖放到区域上</translation>
        </message>
        <message>
            <source>Let go to give the region this prompt</source>
            <translation>松开即可将此提示词用于该区域</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>提示词</translation>
        </message>
    </context>
    <context>
        <name>Drums</name>
        <message>
            <source>Cabasa</source>
            <translation>沙锤筒</translation>
        </message>
        <message>
            <source>China</source>
            <translation>中国镲</translation>
        </message>
        <message>
            <source>Clap</source>
            <translation>拍手</translation>
        </message>
        <message>
            <source>Claves</source>
            <translation>响棒</translation>
        </message>
        <message>
            <source>Closed hat</source>
            <translation>闭镲</translation>
        </message>
        <message>
            <source>Cowbell</source>
            <translation>牛铃</translation>
        </message>
        <message>
            <source>Crash</source>
            <translation>吊镲</translation>
        </message>
        <message>
            <source>Crash 2</source>
            <translation>吊镲 2</translation>
        </message>
        <message>
            <source>Guiro</source>
            <translation>刮瓜</translation>
        </message>
        <message>
            <source>Guiro 2</source>
            <translation>刮瓜 2</translation>
        </message>
        <message>
            <source>Hi timbale</source>
            <translation>高音天巴鼓</translation>
        </message>
        <message>
            <source>High agogo</source>
            <translation>高音阿哥哥</translation>
        </message>
        <message>
            <source>High block</source>
            <translation>高音木鱼</translation>
        </message>
        <message>
            <source>High bongo</source>
            <translation>高音邦戈</translation>
        </message>
        <message>
            <source>High conga</source>
            <translation>高音康加</translation>
        </message>
        <message>
            <source>High floor</source>
            <translation>高落地通鼓</translation>
        </message>
        <message>
            <source>High tom</source>
            <translation>高音嗵鼓</translation>
        </message>
        <message>
            <source>Kick</source>
            <translation>底鼓</translation>
        </message>
        <message>
            <source>Kick 2</source>
            <translation>底鼓 2</translation>
        </message>
        <message>
            <source>Lo timbale</source>
            <translation>低音天巴鼓</translation>
        </message>
        <message>
            <source>Low agogo</source>
            <translation>低音阿哥哥</translation>
        </message>
        <message>
            <source>Low block</source>
            <translation>低音木鱼</translation>
        </message>
        <message>
            <source>Low bongo</source>
            <translation>低音邦戈</translation>
        </message>
        <message>
            <source>Low conga</source>
            <translation>低音康加</translation>
        </message>
        <message>
            <source>Low floor</source>
            <translation>低落地通鼓</translation>
        </message>
        <message>
            <source>Low tom</source>
            <translation>低音嗵鼓</translation>
        </message>
        <message>
            <source>Maracas</source>
            <translation>沙锤</translation>
        </message>
        <message>
            <source>Mid tom</source>
            <translation>中音嗵鼓</translation>
        </message>
        <message>
            <source>Mid tom 2</source>
            <translation>中音嗵鼓 2</translation>
        </message>
        <message>
            <source>Mute conga</source>
            <translation>弱音康加</translation>
        </message>
        <message>
            <source>Mute cuica</source>
            <translation>弱音库依卡</translation>
        </message>
        <message>
            <source>Open cuica</source>
            <translation>开音库依卡</translation>
        </message>
        <message>
            <source>Open hat</source>
            <translation>开镲</translation>
        </message>
        <message>
            <source>Pedal hat</source>
            <translation>踩镲</translation>
        </message>
        <message>
            <source>Ride</source>
            <translation>叮叮镲</translation>
        </message>
        <message>
            <source>Ride 2</source>
            <translation>叮叮镲 2</translation>
        </message>
        <message>
            <source>Ride bell</source>
            <translation>镲帽</translation>
        </message>
        <message>
            <source>Side stick</source>
            <translation>边击</translation>
        </message>
        <message>
            <source>Snare</source>
            <translation>军鼓</translation>
        </message>
        <message>
            <source>Snare 2</source>
            <translation>军鼓 2</translation>
        </message>
        <message>
            <source>Splash</source>
            <translation>水镲</translation>
        </message>
        <message>
            <source>Tambourine</source>
            <translation>铃鼓</translation>
        </message>
        <message>
            <source>Triangle</source>
            <translation>三角铁</translation>
        </message>
        <message>
            <source>Triangle 2</source>
            <translation>三角铁 2</translation>
        </message>
        <message>
            <source>Vibraslap</source>
            <translation>颤音器</translation>
        </message>
        <message>
            <source>Whistle</source>
            <translation>哨子</translation>
        </message>
        <message>
            <source>Whistle 2</source>
            <translation>哨子 2</translation>
        </message>
    </context>
    <context>
        <name>EditActions</name>
        <message>
            <source>Redo</source>
            <translation>重做</translation>
        </message>
        <message>
            <source>Redo {step}</source>
            <translation>重做“{step}”</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <source>Undo {step}</source>
            <translation>撤销“{step}”</translation>
        </message>
    </context>
    <context>
        <name>EmptySong</name>
        <message>
            <source>Begin a melody</source>
            <translation>开始一段旋律</translation>
        </message>
        <message>
            <source>Draw a melody</source>
            <translation>绘制旋律</translation>
        </message>
        <message>
            <source>How does it begin?</source>
            <translation>从哪里开始？</translation>
        </message>
        <message>
            <source>Import MIDI</source>
            <translation>导入 MIDI</translation>
        </message>
        <message>
            <source>Melody</source>
            <translation>旋律</translation>
        </message>
        <message>
            <source>Open the example</source>
            <translation>打开示例</translation>
        </message>
        <message>
            <source>You can also drop MIDI and audio files here.</source>
            <translation>也可以将 MIDI 和音频文件拖到这里。</translation>
        </message>
    </context>
    <context>
        <name>EmptyState</name>
        <message>
            <source>Click a clip in the timeline, or draw one with a double-click on a track.</source>
            <translation>点击时间线中的片段，或双击轨道绘制一个片段。</translation>
        </message>
        <message>
            <source>No clip is open</source>
            <translation>没有打开的片段</translation>
        </message>
    </context>
    <context>
        <name>ExportDialog</name>
        <message>
            <source>32 bits, float</source>
            <translation>32 位浮点</translation>
        </message>
        <message>
            <source>Bits of a sample</source>
            <translation>采样位深</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Cancelled, no file was written</source>
            <translation>已取消，未写入任何文件</translation>
        </message>
        <message>
            <source>Choose the folder to write to</source>
            <translation>选择要写入的文件夹</translation>
        </message>
        <message>
            <source>Choose...</source>
            <translation>选择…</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>导出</translation>
        </message>
        <message>
            <source>Export to</source>
            <translation>导出到</translation>
        </message>
        <message>
            <source>Exported to {folder}</source>
            <translation>已导出到 {folder}</translation>
        </message>
        <message>
            <source>FLAC is as exact as WAV, and smaller</source>
            <translation>FLAC 与 WAV 一样精确，但更小</translation>
        </message>
        <message>
            <source>Files that will be written</source>
            <translation>将写入的文件</translation>
        </message>
        <message>
            <source>Files that will be written or replaced</source>
            <translation>将写入或替换的文件</translation>
        </message>
        <message>
            <source>Folder to write to</source>
            <translation>要写入的文件夹</translation>
        </message>
        <message>
            <source>Format of the audio files</source>
            <translation>音频文件格式</translation>
        </message>
        <message>
            <source>How much is written</source>
            <translation>写入进度</translation>
        </message>
        <message>
            <source>MIDI: notes, tempo, markers, prompts</source>
            <translation>MIDI：音符、速度、标记、提示词</translation>
        </message>
        <message>
            <source>Mix: the sum of the stems</source>
            <translation>混音：所有分轨的总和</translation>
        </message>
        <message>
            <source>More bits are more exact, and larger</source>
            <translation>位数越多越精确，文件也越大</translation>
        </message>
        <message>
            <source>Not rendered yet, so silent in the files: {tracks}</source>
            <translation>尚未渲染，因此在文件中无声：{tracks}</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>进度</translation>
        </message>
        <message>
            <source>Stems: a file for each track</source>
            <translation>分轨：每条轨道一个文件</translation>
        </message>
        <message>
            <source>What Export writes, and what it replaces</source>
            <translation>导出时写入和替换的文件</translation>
        </message>
        <message>
            <source>Where the files go; it is made if needed</source>
            <translation>文件的存放位置；需要时会创建</translation>
        </message>
        <message>
            <source>Write a MIDI file for another program</source>
            <translation>写入供其他程序使用的 MIDI 文件</translation>
        </message>
        <message>
            <source>Write a file for each track</source>
            <translation>为每条轨道写入一个文件</translation>
        </message>
        <message>
            <source>Write nothing more, and close (Esc)</source>
            <translation>停止写入并关闭 (Esc)</translation>
        </message>
        <message>
            <source>Write the files</source>
            <translation>写入文件</translation>
        </message>
        <message>
            <source>Write the sum of the stems</source>
            <translation>写入所有分轨的总和</translation>
        </message>
        <message>
            <source>{name}  (replaced)</source>
            <translation>{name}（将被替换）</translation>
        </message>
        <message>
            <source>{n} bits</source>
            <translation>{n} 位</translation>
        </message>
    </context>
    <context>
        <name>Fader</name>
        <message>
            <source>{name}: drag or turn the wheel, Shift fine</source>
            <translation>{name}：拖动或滚动滚轮，按住 Shift 微调</translation>
        </message>
    </context>
    <context>
        <name>FileActions</name>
        <message>
            <source>Export...</source>
            <translation>导出…</translation>
        </message>
        <message>
            <source>Import MIDI</source>
            <translation>导入 MIDI</translation>
        </message>
        <message>
            <source>Import MIDI...</source>
            <translation>导入 MIDI…</translation>
        </message>
        <message>
            <source>MIDI files (*.mid *.midi)</source>
            <translation>MIDI 文件 (*.mid *.midi)</translation>
        </message>
        <message>
            <source>New song</source>
            <translation>新建歌曲</translation>
        </message>
        <message>
            <source>New...</source>
            <translation>新建…</translation>
        </message>
        <message>
            <source>No other song yet</source>
            <translation>还没有其他歌曲</translation>
        </message>
        <message>
            <source>Open a song (a .partimento folder)</source>
            <translation>打开歌曲（.partimento 文件夹）</translation>
        </message>
        <message>
            <source>Open recent</source>
            <translation>打开最近使用的歌曲</translation>
        </message>
        <message>
            <source>Open the example</source>
            <translation>打开示例</translation>
        </message>
        <message>
            <source>Open...</source>
            <translation>打开…</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>退出</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>Save as</source>
            <translation>另存为</translation>
        </message>
        <message>
            <source>Save as...</source>
            <translation>另存为…</translation>
        </message>
        <message>
            <source>Untitled</source>
            <translation>未命名</translation>
        </message>
    </context>
    <context>
        <name>Files</name>
        <message>
            <source>Choose the folder</source>
            <translation>选择文件夹</translation>
        </message>
        <message>
            <source>Choose the folder whose files are shown</source>
            <translation>选择要显示其文件的文件夹</translation>
        </message>
        <message>
            <source>Drag a file onto the timeline, or press Return to add it</source>
            <translation>将文件拖到时间线上，或按回车键添加</translation>
        </message>
        <message>
            <source>Folder to show</source>
            <translation>要显示的文件夹</translation>
        </message>
        <message>
            <source>MIDI and audio files</source>
            <translation>MIDI 和音频文件</translation>
        </message>
    </context>
    <context>
        <name>FilterBar</name>
        <message>
            <source>1 take</source>
            <translation>1 个版本</translation>
        </message>
        <message>
            <source>Any stars</source>
            <translation>任意星级</translation>
        </message>
        <message>
            <source>As made</source>
            <translation>生成顺序</translation>
        </message>
        <message>
            <source>Blind comparisons</source>
            <translation>盲听比较</translation>
        </message>
        <message>
            <source>Highest first, newest first</source>
            <translation>从高到低，从新到旧</translation>
        </message>
        <message>
            <source>Least stars</source>
            <translation>最低星级</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>长度</translation>
        </message>
        <message>
            <source>Loudness</source>
            <translation>响度</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Notes</source>
            <translation>音符</translation>
        </message>
        <message>
            <source>Passed</source>
            <translation>通过</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>提示词</translation>
        </message>
        <message>
            <source>Quality gate</source>
            <translation>质量检查</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>已弃用</translation>
        </message>
        <message>
            <source>Search prompts, names, comments</source>
            <translation>搜索提示词、名称、注释</translation>
        </message>
        <message>
            <source>Search the takes</source>
            <translation>搜索版本</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>种子</translation>
        </message>
        <message>
            <source>Show only takes that passed the quality gate</source>
            <translation>只显示通过质量检查的版本</translation>
        </message>
        <message>
            <source>Show only takes with so many stars</source>
            <translation>只显示达到此星级的版本</translation>
        </message>
        <message>
            <source>Show rejected takes too</source>
            <translation>同时显示已弃用的版本</translation>
        </message>
        <message>
            <source>Sort the takes by</source>
            <translation>版本排序方式</translation>
        </message>
        <message>
            <source>Stars</source>
            <translation>星标</translation>
        </message>
        <message>
            <source>Tempo</source>
            <translation>速度</translation>
        </message>
        <message>
            <source>True peak</source>
            <translation>真峰值</translation>
        </message>
        <message>
            <source>Words of prompt, name or comment (/)</source>
            <translation>提示词、名称或注释中的字词 (/)</translation>
        </message>
        <message>
            <source>{n} takes</source>
            <translation>{n} 个版本</translation>
        </message>
        <message>
            <source>{shown} of {n} takes</source>
            <translation>{n} 个版本中的 {shown} 个</translation>
        </message>
    </context>
    <context>
        <name>Header</name>
        <message>
            <source>Arm</source>
            <translation>录音准备</translation>
        </message>
        <message>
            <source>Drag to change the height of the track, as Alt+wheel does</source>
            <translation>拖动以更改轨道高度，也可用 Alt+滚轮</translation>
        </message>
        <message>
            <source>Gain</source>
            <translation>增益</translation>
        </message>
        <message>
            <source>Gain of {name}</source>
            <translation>{name} 的增益</translation>
        </message>
        <message>
            <source>Header of {name}</source>
            <translation>{name} 的轨道头</translation>
        </message>
        <message>
            <source>Lanes of the takes</source>
            <translation>版本分层</translation>
        </message>
        <message>
            <source>Meter of {name}</source>
            <translation>{name} 的电平表</translation>
        </message>
        <message>
            <source>Monitor</source>
            <translation>监听</translation>
        </message>
        <message>
            <source>Mute</source>
            <translation>静音</translation>
        </message>
        <message>
            <source>Pan</source>
            <translation>声像</translation>
        </message>
        <message>
            <source>Pan of {name}</source>
            <translation>{name} 的声像</translation>
        </message>
        <message>
            <source>Solo</source>
            <translation>独奏</translation>
        </message>
        <message>
            <source>Track {n}</source>
            <translation>轨道 {n}</translation>
        </message>
    </context>
    <context>
        <name>Headers</name>
        <message>
            <source>Track headers</source>
            <translation>轨道头</translation>
        </message>
    </context>
    <context>
        <name>Hearing</name>
        <message>
            <source>Another take is still being listened to</source>
            <translation>仍在识别另一个版本</translation>
        </message>
        <message>
            <source>Listening for notes ...</source>
            <translation>正在识别音符…</translation>
        </message>
        <message>
            <source>No notes are heard in this take</source>
            <translation>此版本中没有识别出音符</translation>
        </message>
        <message>
            <source>Notes from the take</source>
            <translation>从版本提取音符</translation>
        </message>
        <message>
            <source>Notes heard: {n}</source>
            <translation>听到的音符：{n}</translation>
        </message>
        <message>
            <source>Select a region that plays a take</source>
            <translation>请选择正在使用版本的区域</translation>
        </message>
        <message>
            <source>{name}, heard</source>
            <translation>{name}（提取）</translation>
        </message>
    </context>
    <context>
        <name>HistoryDialog</name>
        <message>
            <source>Choose a step to go to the song as it was after it.</source>
            <translation>选择一步，歌曲将回到该步之后的样子。</translation>
        </message>
        <message>
            <source>Click a step, or go there with the arrow keys</source>
            <translation>点击某一步，或用方向键前往</translation>
        </message>
        <message>
            <source>History</source>
            <translation>历史记录</translation>
        </message>
        <message>
            <source>Steps of the history</source>
            <translation>历史步骤</translation>
        </message>
        <message>
            <source>Undone; choosing it does it again</source>
            <translation>已撤销；选择它即可重做</translation>
        </message>
    </context>
    <context>
        <name>ImportProgress</name>
        <message>
            <source>Cancel the import</source>
            <translation>取消导入</translation>
        </message>
        <message>
            <source>Cancel the import; nothing of the file is kept</source>
            <translation>取消导入；不保留该文件的任何内容</translation>
        </message>
        <message>
            <source>Importing {name}: {percent:.0f} %</source>
            <translation>正在导入 {name}：{percent:.0f} %</translation>
        </message>
    </context>
    <context>
        <name>Improvised</name>
        <message>
            <source>Draw the improvised notes</source>
            <translation>画出即兴的音符</translation>
        </message>
        <message>
            <source>Draw the notes that were improvised for the take into its region, to edit them</source>
            <translation>把为该版本即兴的音符画进其区域，以便编辑</translation>
        </message>
        <message>
            <source>No notes were improvised for this take</source>
            <translation>此版本没有即兴的音符</translation>
        </message>
        <message>
            <source>Notes drawn: {n}</source>
            <translation>已画出的音符：{n}</translation>
        </message>
        <message>
            <source>Notes drawn: {n}; on a muted track of their own: {beside}</source>
            <translation>已画出的音符：{n}；另在一条静音的轨道上：{beside}</translation>
        </message>
        <message>
            <source>Select a region that plays a take</source>
            <translation>请选择正在使用版本的区域</translation>
        </message>
        <message>
            <source>The region has notes; delete them to draw the improvised ones</source>
            <translation>该区域已有音符；请先删除，再画出即兴的音符</translation>
        </message>
        <message>
            <source>{name}, drums</source>
            <translation>{name}（鼓）</translation>
        </message>
        <message>
            <source>{name}, notes</source>
            <translation>{name}（音符）</translation>
        </message>
    </context>
    <context>
        <name>InlineEditor</name>
        <message>
            <source>Return keeps what is typed, Escape does not</source>
            <translation>回车键确认输入，Esc 键放弃</translation>
        </message>
    </context>
    <context>
        <name>InputMeter</name>
        <message>
            <source>Audio input {name}: highest peak {level} dBFS; a click resets it</source>
            <translation>音频输入 {name}：最高峰值 {level} dBFS；单击可重置</translation>
        </message>
        <message>
            <source>Level of the audio input</source>
            <translation>音频输入电平</translation>
        </message>
        <message>
            <source>{level}. It clipped: turn the input down</source>
            <translation>{level}。已削波：请调低输入</translation>
        </message>
    </context>
    <context>
        <name>JobRow</name>
        <message>
            <source>How far the job is</source>
            <translation>任务进度</translation>
        </message>
        <message>
            <source>Render earlier</source>
            <translation>提前渲染</translation>
        </message>
        <message>
            <source>Render later</source>
            <translation>延后渲染</translation>
        </message>
        <message>
            <source>Render this once more</source>
            <translation>再次渲染</translation>
        </message>
        <message>
            <source>Stop this job</source>
            <translation>停止此任务</translation>
        </message>
    </context>
    <context>
        <name>KeyField</name>
        <message>
            <source>Key</source>
            <translation>调</translation>
        </message>
        <message>
            <source>Key of the song: scales and prompts go by it</source>
            <translation>歌曲的调：音阶和提示词以它为准</translation>
        </message>
        <message>
            <source>Press keys</source>
            <translation>请按键</translation>
        </message>
        <message>
            <source>Root of the scale</source>
            <translation>音阶主音</translation>
        </message>
        <message>
            <source>Root of the scale that is highlighted</source>
            <translation>高亮显示的音阶的主音</translation>
        </message>
        <message>
            <source>no key</source>
            <translation>未定调</translation>
        </message>
        <message>
            <source>{tonic} maj</source>
            <translation>{tonic} 大调</translation>
        </message>
        <message>
            <source>{tonic} min</source>
            <translation>{tonic} 小调</translation>
        </message>
    </context>
    <context>
        <name>Keyboard</name>
        <message>
            <source>Keyboard</source>
            <translation>键盘</translation>
        </message>
        <message>
            <source>Press a key to hear it; louder to the right</source>
            <translation>按琴键试听；越靠右越响</translation>
        </message>
    </context>
    <context>
        <name>LaneCommands</name>
        <message>
            <source>Choose a lane, and set the loop over what its take is to play</source>
            <translation>请选择一个分层，并将循环范围设在要播放其版本之处</translation>
        </message>
        <message>
            <source>Comp</source>
            <translation>拼接</translation>
        </message>
        <message>
            <source>Select a region that plays a take first</source>
            <translation>请先选择一个正在播放某版本的区域</translation>
        </message>
        <message>
            <source>Select a region with takes first</source>
            <translation>请先选择一个有版本的区域</translation>
        </message>
        <message>
            <source>Select a track first</source>
            <translation>请先选择轨道</translation>
        </message>
        <message>
            <source>This track has no takes yet: render one of its regions</source>
            <translation>此轨道还没有版本：请渲染其中一个区域</translation>
        </message>
    </context>
    <context>
        <name>Lanes</name>
        <message>
            <source>Lanes of the tracks</source>
            <translation>轨道区</translation>
        </message>
    </context>
    <context>
        <name>LanguagePage</name>
        <message>
            <source>Holds from the next start on.</source>
            <translation>下次启动时生效。</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>语言</translation>
        </message>
        <message>
            <source>Language of the window</source>
            <translation>窗口的语言</translation>
        </message>
        <message>
            <source>the system's</source>
            <translation>跟随系统</translation>
        </message>
    </context>
    <context>
        <name>Levels</name>
        <message>
            <source>Hear the takes equally loud while they are compared; exports stay as they are</source>
            <translation>比较版本时以相同响度播放；导出不受影响</translation>
        </message>
        <message>
            <source>Keep levels</source>
            <translation>保留电平</translation>
        </message>
        <message>
            <source>Make the equal levels part of the song, so that they are exported too</source>
            <translation>将统一的电平写入歌曲，导出时也生效</translation>
        </message>
        <message>
            <source>Match levels</source>
            <translation>统一电平</translation>
        </message>
        <message>
            <source>Own levels</source>
            <translation>原始电平</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Browser</source>
            <translation>浏览器</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>深色</translation>
        </message>
        <message>
            <source>Inspector</source>
            <translation>检查器</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>浅色</translation>
        </message>
        <message>
            <source>Mixer</source>
            <translation>混音器</translation>
        </message>
        <message>
            <source>Piano roll</source>
            <translation>钢琴卷帘</translation>
        </message>
        <message>
            <source>Render queue</source>
            <translation>渲染队列</translation>
        </message>
        <message>
            <source>Spectrum and loudness</source>
            <translation>频谱与响度</translation>
        </message>
        <message>
            <source>Takes</source>
            <translation>版本</translation>
        </message>
    </context>
    <context>
        <name>Master</name>
        <message>
            <source>Highest peak</source>
            <translation>最高峰值</translation>
        </message>
        <message>
            <source>Highest peak of the sum since the meter was reset</source>
            <translation>电平表上次重置以来总和的最高峰值</translation>
        </message>
        <message>
            <source>Master</source>
            <translation>主输出</translation>
        </message>
        <message>
            <source>Meter of the master</source>
            <translation>主输出的电平表</translation>
        </message>
        <message>
            <source>highest peak</source>
            <translation>最高峰值</translation>
        </message>
    </context>
    <context>
        <name>MelodyActions</name>
        <message>
            <source>Record a melody</source>
            <translation>录制旋律</translation>
        </message>
        <message>
            <source>Sing, hum or play to the audio input; what you record becomes notes of the armed or selected track</source>
            <translation>对着音频输入演唱、哼唱或演奏；录下的内容会成为已录音准备或所选轨道的音符</translation>
        </message>
    </context>
    <context>
        <name>MelodyRecorder</name>
        <message>
            <source>Listening for notes ...</source>
            <translation>正在识别音符…</translation>
        </message>
        <message>
            <source>Melody</source>
            <translation>旋律</translation>
        </message>
        <message>
            <source>Notes heard in the recording: {n}</source>
            <translation>从录音中听出 {n} 个音符</translation>
        </message>
        <message>
            <source>Nothing was heard on {name}; see to it that it is switched on and that this program may use it, or choose another input in the preferences</source>
            <translation>{name} 上没有声音；请确认它已打开且允许本程序使用，或在偏好设置中选择其他输入</translation>
        </message>
        <message>
            <source>Record a melody</source>
            <translation>录制旋律</translation>
        </message>
        <message>
            <source>Recorded</source>
            <translation>录音</translation>
        </message>
        <message>
            <source>Recording from {name}</source>
            <translation>正在从 {name} 录音</translation>
        </message>
        <message>
            <source>The last recording is still being worked on</source>
            <translation>上一段录音仍在处理中</translation>
        </message>
        <message>
            <source>There is no sound engine to record with</source>
            <translation>没有可用于录音的声音引擎</translation>
        </message>
    </context>
    <context>
        <name>Menus</name>
        <message>
            <source>Play take</source>
            <translation>选用版本</translation>
        </message>
        <message>
            <source>Prompts</source>
            <translation>提示词</translation>
        </message>
        <message>
            <source>Take lanes</source>
            <translation>版本分层</translation>
        </message>
        <message>
            <source>Takes</source>
            <translation>版本</translation>
        </message>
    </context>
    <context>
        <name>Meter</name>
        <message>
            <source>{name}: highest peak {level} dBFS; a click resets it and the clip light</source>
            <translation>{name}：最高峰值 {level} dBFS；点击可重置峰值和削波指示灯</translation>
        </message>
    </context>
    <context>
        <name>MidiLight</name>
        <message>
            <source>MIDI input</source>
            <translation>MIDI 输入</translation>
        </message>
        <message>
            <source>MIDI input: {names}</source>
            <translation>MIDI 输入：{names}</translation>
        </message>
        <message>
            <source>No MIDI input</source>
            <translation>无 MIDI 输入</translation>
        </message>
        <message>
            <source>Played last: {name}</source>
            <translation>上次弹奏：{name}</translation>
        </message>
        <message>
            <source>{name} cannot be opened: {why}</source>
            <translation>无法打开 {name}：{why}</translation>
        </message>
    </context>
    <context>
        <name>MidiPage</name>
        <message>
            <source>How much earlier than heard from the port a recorded note is put</source>
            <translation>录制的音符比从端口收到时提前的时间</translation>
        </message>
        <message>
            <source>Inputs</source>
            <translation>输入</translation>
        </message>
        <message>
            <source>Latency</source>
            <translation>延迟</translation>
        </message>
        <message>
            <source>Latency of MIDI inputs</source>
            <translation>MIDI 输入的延迟</translation>
        </message>
        <message>
            <source>MIDI inputs</source>
            <translation>MIDI 输入</translation>
        </message>
        <message>
            <source>No MIDI input yet; one that is plugged in appears here.</source>
            <translation>还没有 MIDI 输入；接入后会显示在这里。</translation>
        </message>
        <message>
            <source>Recorded notes that come late on every port are put right by it.</source>
            <translation>用它校正所有端口上录制得偏晚的音符。</translation>
        </message>
        <message>
            <source>Space, or a click on the box, listens to a port or not</source>
            <translation>按空格键或点击复选框，打开或关闭对端口的接收</translation>
        </message>
        <message>
            <source>{name} cannot be opened: {why}</source>
            <translation>无法打开 {name}：{why}</translation>
        </message>
    </context>
    <context>
        <name>Mixed</name>
        <message>
            <source>different</source>
            <translation>不一致</translation>
        </message>
    </context>
    <context>
        <name>Mixer</name>
        <message>
            <source>Tracks have their strips here; Ctrl+T adds a track.</source>
            <translation>轨道的通道条显示在这里；按 Ctrl+T 添加轨道。</translation>
        </message>
    </context>
    <context>
        <name>ModelFacts</name>
        <message>
            <source>Can: {abilities}</source>
            <translation>支持：{abilities}</translation>
        </message>
        <message>
            <source>Folder: {folder}</source>
            <translation>文件夹：{folder}</translation>
        </message>
        <message>
            <source>Licence: {licence}</source>
            <translation>许可证：{licence}</translation>
        </message>
        <message>
            <source>Roles: {roles}</source>
            <translation>角色：{roles}</translation>
        </message>
        <message>
            <source>Size: {size:.0f} MB</source>
            <translation>大小：{size:.0f} MB</translation>
        </message>
        <message>
            <source>Sound: {rate:g} kHz, {channels} channels</source>
            <translation>声音：{rate:g} kHz，{channels} 声道</translation>
        </message>
        <message>
            <source>Speed here: {speed}</source>
            <translation>在本机的速度：{speed}</translation>
        </message>
        <message>
            <source>beats</source>
            <translation>节拍</translation>
        </message>
        <message>
            <source>cpu, {n} threads</source>
            <translation>cpu，{n} 线程</translation>
        </message>
        <message>
            <source>guidance</source>
            <translation>引导强度</translation>
        </message>
        <message>
            <source>hearing other tracks</source>
            <translation>聆听其他轨道</translation>
        </message>
        <message>
            <source>negative prompts</source>
            <translation>负面提示词</translation>
        </message>
        <message>
            <source>not measured yet</source>
            <translation>尚未测量</translation>
        </message>
        <message>
            <source>notes</source>
            <translation>音符</translation>
        </message>
        <message>
            <source>prompts</source>
            <translation>提示词</translation>
        </message>
        <message>
            <source>repainting</source>
            <translation>重绘</translation>
        </message>
        <message>
            <source>reworking sound</source>
            <translation>改编声音</translation>
        </message>
        <message>
            <source>{name} {version}</source>
            <translation>{name} {version}</translation>
        </message>
        <message>
            <source>{times:.1f} x real time ({device})</source>
            <translation>实时的 {times:.1f} 倍 ({device})</translation>
        </message>
    </context>
    <context>
        <name>Models</name>
        <message>
            <source>Choose model</source>
            <translation>选择模型</translation>
        </message>
        <message>
            <source>Edit, Models adds more, and measures how fast each is.</source>
            <translation>“编辑”菜单中的“模型”可添加更多模型，并测量各自的速度。</translation>
        </message>
        <message>
            <source>Folder: {folder}</source>
            <translation>文件夹：{folder}</translation>
        </message>
        <message>
            <source>Id: {id}</source>
            <translation>标识：{id}</translation>
        </message>
        <message>
            <source>Licence: {licence}</source>
            <translation>许可证：{licence}</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Return or a double-click lets the song use a model</source>
            <translation>按回车键或双击，让歌曲使用该模型</translation>
        </message>
        <message>
            <source>Roles: {roles}</source>
            <translation>角色：{roles}</translation>
        </message>
        <message>
            <source>Sample rate: {rate:g} kHz</source>
            <translation>采样率：{rate:g} kHz</translation>
        </message>
    </context>
    <context>
        <name>ModelsDialog</name>
        <message>
            <source>Add a file...</source>
            <translation>添加文件…</translation>
        </message>
        <message>
            <source>Add a folder...</source>
            <translation>添加文件夹…</translation>
        </message>
        <message>
            <source>Add a model</source>
            <translation>添加模型</translation>
        </message>
        <message>
            <source>Choose model</source>
            <translation>选择模型</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>设备</translation>
        </message>
        <message>
            <source>Go back to an older version</source>
            <translation>恢复到旧版本</translation>
        </message>
        <message>
            <source>Install a model from a .zip or .tar file</source>
            <translation>从 .zip 或 .tar 文件安装模型</translation>
        </message>
        <message>
            <source>Install a model from a folder</source>
            <translation>从文件夹安装模型</translation>
        </message>
        <message>
            <source>Measure</source>
            <translation>测量</translation>
        </message>
        <message>
            <source>Measure how fast it renders here</source>
            <translation>测量在本机的渲染速度</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Models (*.zip *.tar *.tar.gz *.tgz *.tar.xz *.tar.bz2)</source>
            <translation>模型 (*.zip *.tar *.tar.gz *.tgz *.tar.xz *.tar.bz2)</translation>
        </message>
        <message>
            <source>Older versions</source>
            <translation>旧版本</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>移除</translation>
        </message>
        <message>
            <source>Remove the model from this computer</source>
            <translation>从此电脑移除模型</translation>
        </message>
        <message>
            <source>Render on</source>
            <translation>渲染设备</translation>
        </message>
        <message>
            <source>Render the selected regions by the model, whatever the song's is</source>
            <translation>用此模型渲染所选区域，无论歌曲用哪个模型</translation>
        </message>
        <message>
            <source>Render this song by the model</source>
            <translation>用此模型渲染这首歌曲</translation>
        </message>
        <message>
            <source>The models that are installed</source>
            <translation>已安装的模型</translation>
        </message>
        <message>
            <source>Use for selected regions</source>
            <translation>用于所选区域</translation>
        </message>
        <message>
            <source>Use for this song</source>
            <translation>用于此歌曲</translation>
        </message>
        <message>
            <source>What renders; the next job uses it</source>
            <translation>进行渲染的设备；下一个任务起使用</translation>
        </message>
        <message>
            <source>Working ...</source>
            <translation>正在处理…</translation>
        </message>
        <message>
            <source>the best there is</source>
            <translation>最佳可用设备</translation>
        </message>
    </context>
    <context>
        <name>NoteView</name>
        <message>
            <source>Notes</source>
            <translation>音符</translation>
        </message>
    </context>
    <context>
        <name>NumberField</name>
        <message>
            <source>{tip}: type, drag or turn the wheel, Shift fine</source>
            <translation>{tip}：键入、拖动或滚动滚轮，按住 Shift 微调</translation>
        </message>
    </context>
    <context>
        <name>Offers</name>
        <message>
            <source>Return takes the marked one, Down marks the next, Escape hides them</source>
            <translation>回车键采用选中的一项，下方向键选下一项，Esc 键隐藏</translation>
        </message>
        <message>
            <source>Suggestions</source>
            <translation>建议</translation>
        </message>
    </context>
    <context>
        <name>PackBox</name>
        <message>
            <source>different</source>
            <translation>不一致</translation>
        </message>
        <message>
            <source>the song's</source>
            <translation>歌曲的模型</translation>
        </message>
        <message>
            <source>{pack} (not installed)</source>
            <translation>{pack}（未安装）</translation>
        </message>
    </context>
    <context>
        <name>Page</name>
        <message>
            <source>Click: playhead there. Wheel: zoom around the pointer. Drag: move</source>
            <translation>点击：播放头移到该处。滚轮：以指针为中心缩放。拖动：移动</translation>
        </message>
        <message>
            <source>Level of each third of a semitone. Wheel: zoom around the pointer. Drag: move</source>
            <translation>每三分之一半音的电平。滚轮：以指针为中心缩放。拖动：移动</translation>
        </message>
        <message>
            <source>Loudness over time</source>
            <translation>响度随时间的变化</translation>
        </message>
        <message>
            <source>Loudness, LUFS</source>
            <translation>响度 (LUFS)</translation>
        </message>
        <message>
            <source>Spectrogram</source>
            <translation>声谱图</translation>
        </message>
        <message>
            <source>Spectrogram, Hz and pitch</source>
            <translation>声谱图，Hz 与音高</translation>
        </message>
        <message>
            <source>Spectrum</source>
            <translation>频谱</translation>
        </message>
        <message>
            <source>Spectrum, dBFS over Hz</source>
            <translation>频谱，dBFS / Hz</translation>
        </message>
        <message>
            <source>average</source>
            <translation>平均</translation>
        </message>
        <message>
            <source>integrated</source>
            <translation>整体</translation>
        </message>
        <message>
            <source>momentary</source>
            <translation>瞬时</translation>
        </message>
        <message>
            <source>peak</source>
            <translation>峰值</translation>
        </message>
        <message>
            <source>short-term</source>
            <translation>短期</translation>
        </message>
        <message>
            <source>{low:.0f} to {high:.0f} dBFS</source>
            <translation>{low:.0f} 至 {high:.0f} dBFS</translation>
        </message>
    </context>
    <context>
        <name>PianoRoll</name>
        <message>
            <source>Change length of notes</source>
            <translation>更改音符长度</translation>
        </message>
        <message>
            <source>Change velocity of notes</source>
            <translation>更改音符力度</translation>
        </message>
        <message>
            <source>Click to cut; drag up or down to cut more. Shift: off grid</source>
            <translation>点击切开；上下拖动可切开更多。Shift：不吸附网格</translation>
        </message>
        <message>
            <source>Cut notes</source>
            <translation>切开音符</translation>
        </message>
        <message>
            <source>Drag over notes to erase them</source>
            <translation>拖过音符将其擦除</translation>
        </message>
        <message>
            <source>Drag to change the length. Shift: off the grid</source>
            <translation>拖动以更改长度。Shift：不吸附网格</translation>
        </message>
        <message>
            <source>Drag to draw a note. Shift: off the grid</source>
            <translation>拖动以绘制音符。Shift：不吸附网格</translation>
        </message>
        <message>
            <source>Drag to move. Ctrl: copy. Shift: off the grid. Alt on the upper half: velocity</source>
            <translation>拖动以移动。Ctrl：复制。Shift：不吸附网格。在上半部按 Alt：力度</translation>
        </message>
        <message>
            <source>Drag to select; double-click to draw; right-drag to erase. Shift: add</source>
            <translation>拖动以选择；双击以绘制；按右键拖动以擦除。Shift：加选</translation>
        </message>
        <message>
            <source>Draw notes</source>
            <translation>绘制音符</translation>
        </message>
        <message>
            <source>Erase notes</source>
            <translation>擦除音符</translation>
        </message>
        <message>
            <source>Move notes</source>
            <translation>移动音符</translation>
        </message>
        <message>
            <source>Piano roll</source>
            <translation>钢琴卷帘</translation>
        </message>
        <message>
            <source>Velocity
1–127</source>
            <translation>力度
1–127</translation>
        </message>
        <message>
            <source>velocity {0}</source>
            <translation>力度 {0}</translation>
        </message>
    </context>
    <context>
        <name>Places</name>
        <message>
            <source>Edit</source>
            <translation>编辑</translation>
        </message>
        <message>
            <source>File</source>
            <translation>文件</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>帮助</translation>
        </message>
        <message>
            <source>Notes</source>
            <translation>音符</translation>
        </message>
        <message>
            <source>Region</source>
            <translation>区域</translation>
        </message>
        <message>
            <source>Track</source>
            <translation>轨道</translation>
        </message>
        <message>
            <source>Transport</source>
            <translation>走带</translation>
        </message>
        <message>
            <source>View</source>
            <translation>视图</translation>
        </message>
    </context>
    <context>
        <name>Playback</name>
        <message>
            <source>The sound device ran dry; a larger latency helps</source>
            <translation>声音设备缓冲耗尽；可尝试增大延迟</translation>
        </message>
        <message>
            <source>no sound: {why}</source>
            <translation>无声音：{why}</translation>
        </message>
    </context>
    <context>
        <name>Playing</name>
        <message>
            <source>Take back step</source>
            <translation>撤回一步</translation>
        </message>
        <message>
            <source>The letter A plays {0}</source>
            <translation>字母键 A 弹奏 {0}</translation>
        </message>
        <message>
            <source>Write step</source>
            <translation>写入一步</translation>
        </message>
    </context>
    <context>
        <name>PreferencesDialog</name>
        <message>
            <source>Appearance</source>
            <translation>外观</translation>
        </message>
        <message>
            <source>Audio</source>
            <translation>音频</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>语言</translation>
        </message>
        <message>
            <source>MIDI</source>
            <translation>MIDI</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>页面</translation>
        </message>
        <message>
            <source>Preferences</source>
            <translation>偏好设置</translation>
        </message>
        <message>
            <source>Saving</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>What the preferences are about</source>
            <translation>偏好设置的内容</translation>
        </message>
    </context>
    <context>
        <name>Problems</name>
        <message>
            <source>DC offset</source>
            <translation>直流偏移</translation>
        </message>
        <message>
            <source>File exists</source>
            <translation>文件已存在</translation>
        </message>
        <message>
            <source>FluidSynth cannot be loaded ({reason}); install the Debian package libfluidsynth3</source>
            <translation>无法加载 FluidSynth（{reason}）；请安装 Debian 软件包 libfluidsynth3</translation>
        </message>
        <message>
            <source>FluidSynth cannot read {path}; install it again</source>
            <translation>FluidSynth 无法读取 {path}；请重新安装</translation>
        </message>
        <message>
            <source>Is a directory</source>
            <translation>是文件夹</translation>
        </message>
        <message>
            <source>No space left on device</source>
            <translation>磁盘空间不足</translation>
        </message>
        <message>
            <source>No such file or directory</source>
            <translation>没有该文件或文件夹</translation>
        </message>
        <message>
            <source>Not a directory</source>
            <translation>不是文件夹</translation>
        </message>
        <message>
            <source>ONNX Runtime could not start it; is its driver installed?</source>
            <translation>ONNX Runtime 无法启动它；是否已安装驱动程序？</translation>
        </message>
        <message>
            <source>Permission denied</source>
            <translation>没有权限</translation>
        </message>
        <message>
            <source>Read-only file system</source>
            <translation>文件系统只读</translation>
        </message>
        <message>
            <source>[{span}] is no span; write [0:15], [0:15-0:30] or [bars 1-8]</source>
            <translation>[{span}] 不是范围；请写成 [0:15]、[0:15-0:30] 或 [bars 1-8]</translation>
        </message>
        <message>
            <source>a metre is as 3/4 or 6/8; got {text}</source>
            <translation>拍号的格式为 3/4 或 6/8；现为 {text}</translation>
        </message>
        <message>
            <source>a metre's denominator must be in {choices}, got {value}</source>
            <translation>拍号的分母必须是 {choices} 之一，现为 {value}</translation>
        </message>
        <message>
            <source>a metre's numerator must be in 1..255, got {value}</source>
            <translation>拍号的分子必须在 1..255 之间，现为 {value}</translation>
        </message>
        <message>
            <source>a position is bar.beat.tick, as 5.1.000; got {text}</source>
            <translation>位置的格式为 小节.拍.tick，如 5.1.000；现为 {text}</translation>
        </message>
        <message>
            <source>a prompt cannot win over itself; compare two different ones</source>
            <translation>提示词不能胜过自己；请比较两个不同的提示词</translation>
        </message>
        <message>
            <source>a prompt may have {most} letters, got {length}; shorten it</source>
            <translation>提示词最多可有 {most} 个字符，现为 {length} 个；请缩短</translation>
        </message>
        <message>
            <source>a prompt of the library must say something; write one first</source>
            <translation>提示词库中的提示词不能为空；请先写下内容</translation>
        </message>
        <message>
            <source>a recording may last {most} minutes; start another</source>
            <translation>一段录音最长 {most} 分钟；请另开始一段</translation>
        </message>
        <message>
            <source>a sample after frame {frame} is no number</source>
            <translation>第 {frame} 帧之后有无效的采样值</translation>
        </message>
        <message>
            <source>a sheet holds {most} cues at most</source>
            <translation>一张提示表最多 {most} 条提示</translation>
        </message>
        <message>
            <source>a song is a folder, and this is none</source>
            <translation>歌曲是一个文件夹，而这不是</translation>
        </message>
        <message>
            <source>a song may last {most} s, got {length} s at tick {tick}</source>
            <translation>歌曲最长 {most} 秒，现在 tick {tick} 处已达 {length} 秒</translation>
        </message>
        <message>
            <source>a take cannot be compared with itself; choose two different ones</source>
            <translation>版本不能与自身比较；请选择两个不同的版本</translation>
        </message>
        <message>
            <source>a take cannot be read: {kind}: {reason}; render it again</source>
            <translation>无法读取版本：{kind}：{reason}；请重新渲染</translation>
        </message>
        <message>
            <source>a tempo is a number, as 96 or 120.5; got {text}</source>
            <translation>速度是一个数字，如 96 或 120.5；现为 {text}</translation>
        </message>
        <message>
            <source>a time is minutes:seconds, as 1:05.25; got {text}</source>
            <translation>时间的格式为 分:秒，如 1:05.25；现为 {text}</translation>
        </message>
        <message>
            <source>a track ends within an event; {advice}</source>
            <translation>有轨道在事件中间中断；{advice}</translation>
        </message>
        <message>
            <source>a track has a number of more than 4 bytes at its byte {at}; {advice}</source>
            <translation>有轨道在第 {at} 字节处的数字超过 4 字节；{advice}</translation>
        </message>
        <message>
            <source>a track has data without a status at its byte {at}; {advice}</source>
            <translation>有轨道在第 {at} 字节处有数据却没有状态字节；{advice}</translation>
        </message>
        <message>
            <source>a {part} must be 1 tick or longer, got {length} at {tick}</source>
            <translation>{part}的长度至少为 1 tick，现在 {tick} 处为 {length}</translation>
        </message>
        <message>
            <source>above</source>
            <translation>高于</translation>
        </message>
        <message>
            <source>an event lies at tick {tick}, past {last}; shorten the file</source>
            <translation>有事件位于 tick {tick}，超出了 {last}；请缩短文件</translation>
        </message>
        <message>
            <source>bar {bar} beat {beat}</source>
            <translation>第 {bar} 小节第 {beat} 拍</translation>
        </message>
        <message>
            <source>bars and beats count from 1, ticks from 0; got {text}</source>
            <translation>小节和拍从 1 开始计数，tick 从 0 开始；现为 {text}</translation>
        </message>
        <message>
            <source>bars count from 1, the last one not before the first, got {span}</source>
            <translation>小节从 1 开始计数，最后一个不能早于第一个，现为 {span}</translation>
        </message>
        <message>
            <source>before a prompt there must be a span, and outside of quotes nothing else</source>
            <translation>提示词前必须有范围，引号之外不能有其他内容</translation>
        </message>
        <message>
            <source>below</source>
            <translation>低于</translation>
        </message>
        <message>
            <source>block_frames must be in 16..16384, got {value}</source>
            <translation>缓冲区必须在 16..16384 帧之间，现为 {value}</translation>
        </message>
        <message>
            <source>bpm must be in {low}..{high}, got {value}</source>
            <translation>速度必须在 {low}..{high} bpm 之间，现为 {value}</translation>
        </message>
        <message>
            <source>breaks off ({reason})</source>
            <translation>中途中断（{reason}）</translation>
        </message>
        <message>
            <source>breaks off after {frames} frames</source>
            <translation>在 {frames} 帧后中断</translation>
        </message>
        <message>
            <source>cannot be used ({reason})</source>
            <translation>无法使用（{reason}）</translation>
        </message>
        <message>
            <source>cannot be {action} ({reason})</source>
            <translation>无法{action}（{reason}）</translation>
        </message>
        <message>
            <source>cannot export to {folder}: {reason}; {advice}</source>
            <translation>无法导出到 {folder}：{reason}；{advice}</translation>
        </message>
        <message>
            <source>cannot read {path}: {problem}</source>
            <translation>无法读取 {path}：{problem}</translation>
        </message>
        <message>
            <source>cannot write {path}: {reason}; choose another place</source>
            <translation>无法写入 {path}：{reason}；请选择其他位置</translation>
        </message>
        <message>
            <source>changed while it was read</source>
            <translation>在读取过程中发生了变化</translation>
        </message>
        <message>
            <source>check the path</source>
            <translation>请检查路径</translation>
        </message>
        <message>
            <source>check the path and the disk and try again</source>
            <translation>请检查路径和磁盘后重试</translation>
        </message>
        <message>
            <source>choose a WAV, FLAC, OGG, MP3 or AIFF file</source>
            <translation>请选择 WAV、FLAC、OGG、MP3 或 AIFF 文件</translation>
        </message>
        <message>
            <source>choose a file that Partimento exported</source>
            <translation>请选择由 Partimento 导出的文件</translation>
        </message>
        <message>
            <source>choose a folder that ends in {suffix}</source>
            <translation>请选择以 {suffix} 结尾的文件夹</translation>
        </message>
        <message>
            <source>choose a place elsewhere</source>
            <translation>请选择别处</translation>
        </message>
        <message>
            <source>choose a shorter file</source>
            <translation>请选择更短的文件</translation>
        </message>
        <message>
            <source>choose another</source>
            <translation>请另选</translation>
        </message>
        <message>
            <source>choose another name, or open it</source>
            <translation>请另选名称，或将其打开</translation>
        </message>
        <message>
            <source>clip</source>
            <translation>片段</translation>
        </message>
        <message>
            <source>clipping</source>
            <translation>削波</translation>
        </message>
        <message>
            <source>clips {one} and {other} must be two clips of one track</source>
            <translation>片段 {one} 和 {other} 必须是同一轨道上的两个片段</translation>
        </message>
        <message>
            <source>close it there first</source>
            <translation>请先在那里关闭</translation>
        </message>
        <message>
            <source>close other programs that use it, check the disk and try again</source>
            <translation>请关闭使用它的其他程序，检查磁盘后重试</translation>
        </message>
        <message>
            <source>colour must be like #8899aa, got {value}</source>
            <translation>颜色的格式为 #8899aa，现为 {value}</translation>
        </message>
        <message>
            <source>convert it to 44100 Hz</source>
            <translation>请转换为 44100 Hz</translation>
        </message>
        <message>
            <source>copy it anew from where it came from</source>
            <translation>请从来源处重新复制</translation>
        </message>
        <message>
            <source>copy it back from another copy of the song, or render the region again</source>
            <translation>请从歌曲的其他副本复制回来，或重新渲染该区域</translation>
        </message>
        <message>
            <source>device {device} cannot be used: {reason}; try auto or cpu</source>
            <translation>无法使用设备 {device}：{reason}；请尝试 auto 或 cpu</translation>
        </message>
        <message>
            <source>energy at 2.5 to 6 kHz</source>
            <translation>2.5 至 6 kHz 的能量</translation>
        </message>
        <message>
            <source>export it again</source>
            <translation>请重新导出</translation>
        </message>
        <message>
            <source>free some space</source>
            <translation>请清理磁盘空间</translation>
        </message>
        <message>
            <source>free some space on the disk and try again</source>
            <translation>请清理磁盘空间后重试</translation>
        </message>
        <message>
            <source>gain_db</source>
            <translation>增益 (dB)</translation>
        </message>
        <message>
            <source>get it again</source>
            <translation>请重新获取</translation>
        </message>
        <message>
            <source>get it again from where it came, or choose another</source>
            <translation>请重新获取该文件，或另选一个</translation>
        </message>
        <message>
            <source>guidance</source>
            <translation>引导强度</translation>
        </message>
        <message>
            <source>has changed: its SHA-256 is now {hash}</source>
            <translation>已改变：其 SHA-256 现为 {hash}</translation>
        </message>
        <message>
            <source>has {found}, not {channels} of {frames}</source>
            <translation>有 {found}，而不是 {channels} 个声道、{frames} 帧</translation>
        </message>
        <message>
            <source>has {rate} Hz, a song takes {low} to {high}</source>
            <translation>采样率为 {rate} Hz，歌曲可用 {low} 至 {high}</translation>
        </message>
        <message>
            <source>has {size} bytes, more than the {most} that are read</source>
            <translation>有 {size} 字节，超过可读取的 {most} 字节</translation>
        </message>
        <message>
            <source>holds a prompt that says nothing</source>
            <translation>含有空白的提示词</translation>
        </message>
        <message>
            <source>holds no sound</source>
            <translation>不含声音</translation>
        </message>
        <message>
            <source>holds samples that are no numbers</source>
            <translation>含有无效的采样值</translation>
        </message>
        <message>
            <source>is a link that may lead out of the song</source>
            <translation>是可能指向歌曲之外的链接</translation>
        </message>
        <message>
            <source>is damaged ({reason})</source>
            <translation>已损坏（{reason}）</translation>
        </message>
        <message>
            <source>is missing</source>
            <translation>缺失</translation>
        </message>
        <message>
            <source>is no audio ({reason})</source>
            <translation>不是音频（{reason}）</translation>
        </message>
        <message>
            <source>is no audio that can be read ({reason})</source>
            <translation>不是可以读取的音频（{reason}）</translation>
        </message>
        <message>
            <source>is no file</source>
            <translation>不是文件</translation>
        </message>
        <message>
            <source>is no file of prompts ({reason})</source>
            <translation>不是提示词文件（{reason}）</translation>
        </message>
        <message>
            <source>is no name for a song</source>
            <translation>不能作为歌曲名称</translation>
        </message>
        <message>
            <source>is no song: it has no {file}</source>
            <translation>不是歌曲：其中没有 {file}</translation>
        </message>
        <message>
            <source>it begins with no span; write [0:15], 0:15-0:30 or bars 1-8 before the prompt</source>
            <translation>开头没有范围；请在提示词前写 [0:15]、0:15-0:30 或 bars 1-8</translation>
        </message>
        <message>
            <source>it breaks off ({reason})</source>
            <translation>中途中断（{reason}）</translation>
        </message>
        <message>
            <source>it breaks off at frame {frame}</source>
            <translation>在第 {frame} 帧处中断</translation>
        </message>
        <message>
            <source>it ends within its header; {advice}</source>
            <translation>文件在文件头内中断；{advice}</translation>
        </message>
        <message>
            <source>it has more than {most} notes; split it in a sequencer</source>
            <translation>超过 {most} 个音符；请在音序器中拆分</translation>
        </message>
        <message>
            <source>it has more than {most} texts and changes; choose another</source>
            <translation>文本和变化超过 {most} 个；请另选</translation>
        </message>
        <message>
            <source>it has more than {most} tracks; choose another file</source>
            <translation>超过 {most} 条轨道；请另选文件</translation>
        </message>
        <message>
            <source>it has no recipe that this program wrote ({reason})</source>
            <translation>没有由本程序写入的配方（{reason}）</translation>
        </message>
        <message>
            <source>it holds no track; {advice}</source>
            <translation>不含任何轨道；{advice}</translation>
        </message>
        <message>
            <source>it is damaged at byte {at}, where a track should begin; {advice}</source>
            <translation>第 {at} 字节处应为轨道开头，但已损坏；{advice}</translation>
        </message>
        <message>
            <source>it is larger than {most} MB; split it in a sequencer</source>
            <translation>大于 {most} MB；请在音序器中拆分</translation>
        </message>
        <message>
            <source>it is no MIDI file (it has no MThd header); choose another file</source>
            <translation>不是 MIDI 文件（没有 MThd 文件头）；请另选文件</translation>
        </message>
        <message>
            <source>it is of type {type}; save it as type 0 or 1 where it was made</source>
            <translation>类型为 {type}；请在原程序中另存为类型 0 或 1</translation>
        </message>
        <message>
            <source>it must end after it begins, got {span}</source>
            <translation>结束必须晚于开始，现为 {span}</translation>
        </message>
        <message>
            <source>it overlaps the cue of line {line}</source>
            <translation>与第 {line} 行的提示重叠</translation>
        </message>
        <message>
            <source>it was made from {frames} frames of take {take}, and {most} s can be rendered in one piece; render it anew</source>
            <translation>它由版本 {take} 的 {frames} 帧生成，而一次最多只能渲染 {most} 秒；请重新渲染</translation>
        </message>
        <message>
            <source>its recipe asks for more than {most} s</source>
            <translation>其配方要求渲染超过 {most} 秒</translation>
        </message>
        <message>
            <source>its recipe has version {version}, this program reads {current}</source>
            <translation>其配方的版本为 {version}，而本程序读取 {current}</translation>
        </message>
        <message>
            <source>its texts take more than {most} MB; choose another file</source>
            <translation>其文本超过 {most} MB；请另选文件</translation>
        </message>
        <message>
            <source>its time division {division} means nothing; {advice}</source>
            <translation>其时间分辨率 {division} 无意义；{advice}</translation>
        </message>
        <message>
            <source>lasts {frames} frames</source>
            <translation>长度为 {frames} 帧</translation>
        </message>
        <message>
            <source>latency_s must be above 0 and at most 2, got {value}</source>
            <translation>延迟必须大于 0 且不超过 2 秒，现为 {value}</translation>
        </message>
        <message>
            <source>lies within the song itself</source>
            <translation>位于歌曲文件夹之内</translation>
        </message>
        <message>
            <source>line {line}: {why}</source>
            <translation>第 {line} 行：{why}</translation>
        </message>
        <message>
            <source>loudness</source>
            <translation>响度</translation>
        </message>
        <message>
            <source>made</source>
            <translation>创建</translation>
        </message>
        <message>
            <source>marker</source>
            <translation>标记</translation>
        </message>
        <message>
            <source>metre</source>
            <translation>拍号</translation>
        </message>
        <message>
            <source>metre change</source>
            <translation>拍号变化</translation>
        </message>
        <message>
            <source>move it away or restore it from a copy</source>
            <translation>请将其移走，或从副本恢复</translation>
        </message>
        <message>
            <source>moved</source>
            <translation>移动</translation>
        </message>
        <message>
            <source>name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>name it, as in songs/sketch</source>
            <translation>请命名，如 songs/sketch</translation>
        </message>
        <message>
            <source>name the song's folder, which ends in {suffix}</source>
            <translation>请选择以 {suffix} 结尾的歌曲文件夹</translation>
        </message>
        <message>
            <source>no SoundFont at {places}; install the Debian package musescore-general-soundfont-small, or name a file in {variable}</source>
            <translation>{places} 没有 SoundFont；请安装 Debian 软件包 musescore-general-soundfont-small，或在 {variable} 中指定文件</translation>
        </message>
        <message>
            <source>no notes were improvised for the region at {place}; choose another take</source>
            <translation>位于{place}的区域没有即兴的音符；请选择其他版本</translation>
        </message>
        <message>
            <source>no pack at all</source>
            <translation>没有任何模型包</translation>
        </message>
        <message>
            <source>no pack {pack}</source>
            <translation>没有模型包 {pack}</translation>
        </message>
        <message>
            <source>no version {version} of pack {pack} is kept; install it again</source>
            <translation>没有保留模型包 {pack} 的版本 {version}；请重新安装</translation>
        </message>
        <message>
            <source>note</source>
            <translation>音符</translation>
        </message>
        <message>
            <source>notes without a take are not heard: {reason}</source>
            <translation>没有版本的音符不会发声：{reason}</translation>
        </message>
        <message>
            <source>notes_strength</source>
            <translation>音符强度</translation>
        </message>
        <message>
            <source>of all</source>
            <translation>（占全部）</translation>
        </message>
        <message>
            <source>of full scale</source>
            <translation>（占满刻度）</translation>
        </message>
        <message>
            <source>of the samples</source>
            <translation>（占采样）</translation>
        </message>
        <message>
            <source>of the time</source>
            <translation>（占时长）</translation>
        </message>
        <message>
            <source>pack {pack} has no encoder: it cannot listen to audio</source>
            <translation>模型包 {pack} 没有编码器：无法聆听音频</translation>
        </message>
        <message>
            <source>pan</source>
            <translation>声像</translation>
        </message>
        <message>
            <source>pitch must be in 0..127, got {value}</source>
            <translation>音高必须在 0..127 之间，现为 {value}</translation>
        </message>
        <message>
            <source>prompt</source>
            <translation>提示词</translation>
        </message>
        <message>
            <source>put a real folder there</source>
            <translation>请在该处放置真正的文件夹</translation>
        </message>
        <message>
            <source>rating must be in 0..{most}, got {value}</source>
            <translation>评分必须在 0..{most} 之间，现为 {value}</translation>
        </message>
        <message>
            <source>read</source>
            <translation>读取</translation>
        </message>
        <message>
            <source>region</source>
            <translation>区域</translation>
        </message>
        <message>
            <source>region {other} must begin where region {one} ends, on its track</source>
            <translation>区域 {other} 必须在同一轨道上从区域 {one} 的结尾处开始</translation>
        </message>
        <message>
            <source>region {region} has no take {take}</source>
            <translation>区域 {region} 没有版本 {take}</translation>
        </message>
        <message>
            <source>region {region} has no take {take}; choose one of its takes</source>
            <translation>区域 {region} 没有版本 {take}；请选择它的一个版本</translation>
        </message>
        <message>
            <source>region {region} is shorter than a frame; make it longer</source>
            <translation>区域 {region} 短于一帧；请将其加长</translation>
        </message>
        <message>
            <source>region {region} is to be rendered by pack {pack}, which is not installed (installed: {names}); install it, or choose another for the region</source>
            <translation>区域 {region} 要用模型包 {pack} 渲染，但该模型包未安装（已安装：{names}）；请安装它，或为该区域另选一个</translation>
        </message>
        <message>
            <source>region {region}, with those that touch it, lasts {length} s, and {most} s can be rendered in one piece; shorten it, or render fewer at once</source>
            <translation>区域 {region} 与其相接的区域共长 {length} 秒，而一次最多渲染 {most} 秒；请将其缩短，或一次少渲染几个</translation>
        </message>
        <message>
            <source>regions that wait to be rendered as one now want different packs ({packs}); render them again</source>
            <translation>等待合为一段渲染的区域现在需要不同的模型包（{packs}）；请重新渲染</translation>
        </message>
        <message>
            <source>remove it, or put a copy in its place</source>
            <translation>请将其删除，或换上一个副本</translation>
        </message>
        <message>
            <source>remove takes that you do not need</source>
            <translation>请删除不需要的版本</translation>
        </message>
        <message>
            <source>removed</source>
            <translation>删除</translation>
        </message>
        <message>
            <source>rename it and copy {backup} to its place</source>
            <translation>请将其改名，并将 {backup} 复制到原处</translation>
        </message>
        <message>
            <source>restore it from a copy</source>
            <translation>请从副本恢复</translation>
        </message>
        <message>
            <source>restore it from a copy, or remove it and render the region again</source>
            <translation>请从副本恢复，或将其删除并重新渲染该区域</translation>
        </message>
        <message>
            <source>role must be one of {choices}, got {value}</source>
            <translation>角色必须是 {choices} 之一，现为 {value}</translation>
        </message>
        <message>
            <source>sample rate must be in 8000..192000 Hz, got {value}</source>
            <translation>采样率必须在 8000..192000 Hz 之间，现为 {value}</translation>
        </message>
        <message>
            <source>see to it that you may read and write there, or choose another place</source>
            <translation>请确认您有该处的读写权限，或选择其他位置</translation>
        </message>
        <message>
            <source>see to it that you may write there</source>
            <translation>请确认您有该处的写入权限</translation>
        </message>
        <message>
            <source>see to it that you may write there, and have room</source>
            <translation>请确认您有该处的写入权限和足够的空间</translation>
        </message>
        <message>
            <source>seed</source>
            <translation>种子</translation>
        </message>
        <message>
            <source>silence</source>
            <translation>静音</translation>
        </message>
        <message>
            <source>steps</source>
            <translation>步数</translation>
        </message>
        <message>
            <source>take {take} cannot be played from {path}: {reason}; render its region again, or choose another take</source>
            <translation>无法从 {path} 播放版本 {take}：{reason}；请重新渲染其区域，或选用其他版本</translation>
        </message>
        <message>
            <source>take {take} cannot be retaken: {reason}; render it anew</source>
            <translation>版本 {take} 无法重录：{reason}；请重新渲染</translation>
        </message>
        <message>
            <source>take {take} fills its region, or does not touch it: there is nothing to extend; make the region longer</source>
            <translation>版本 {take} 已填满其区域，或与区域不相接：没有可延伸的部分；请将区域加长</translation>
        </message>
        <message>
            <source>take {take} was made by pack {pack}, and region {region} is rendered by pack {own}; choose that of the take for the region, or render anew</source>
            <translation>版本 {take} 由模型包 {pack} 生成，而区域 {region} 由模型包 {own} 渲染；请为该区域选择该版本的模型包，或重新渲染</translation>
        </message>
        <message>
            <source>tempo</source>
            <translation>速度</translation>
        </message>
        <message>
            <source>tempo change</source>
            <translation>速度变化</translation>
        </message>
        <message>
            <source>the analysis was cancelled</source>
            <translation>分析已取消</translation>
        </message>
        <message>
            <source>the audio device</source>
            <translation>音频设备</translation>
        </message>
        <message>
            <source>the audio engine ended unexpectedly (exit code {code})</source>
            <translation>音频引擎意外结束（退出码 {code}）</translation>
        </message>
        <message>
            <source>the audio engine failed: {kind}: {reason}</source>
            <translation>音频引擎出错：{kind}：{reason}</translation>
        </message>
        <message>
            <source>the audio engine is not running; start it first</source>
            <translation>音频引擎未运行；请先启动</translation>
        </message>
        <message>
            <source>the audio input</source>
            <translation>音频输入</translation>
        </message>
        <message>
            <source>the audio of a take is missing</source>
            <translation>版本的音频缺失</translation>
        </message>
        <message>
            <source>the first {kind} change must be at tick 0, got {ticks}</source>
            <translation>第一个 {kind} 变化必须位于 tick 0，现为 {ticks}</translation>
        </message>
        <message>
            <source>the pack needs {needed} bytes, {folder} has {free}; free some space</source>
            <translation>模型包需要 {needed} 字节，{folder} 只有 {free}；请清理空间</translation>
        </message>
        <message>
            <source>the quote {quote} is not closed; end the prompt with {close}</source>
            <translation>引号 {quote} 没有闭合；请以 {close} 结束提示词</translation>
        </message>
        <message>
            <source>the recording ended before the song began; nothing was recorded</source>
            <translation>录音在歌曲开始之前就结束了；没有录下任何内容</translation>
        </message>
        <message>
            <source>the region at {place} has notes; delete them to draw improvised ones</source>
            <translation>位于{place}的区域已有音符；请先删除，再画出即兴的音符</translation>
        </message>
        <message>
            <source>the region {one} overlaps the region {other} on {track}; move or shorten one of them</source>
            <translation>{track} 上的区域 {one} 与区域 {other} 重叠；请移动或缩短其中之一</translation>
        </message>
        <message>
            <source>the render failed: {kind}: {reason}</source>
            <translation>渲染失败：{kind}：{reason}</translation>
        </message>
        <message>
            <source>the render was cancelled</source>
            <translation>渲染已取消</translation>
        </message>
        <message>
            <source>the render was cancelled; its process did not answer</source>
            <translation>渲染已取消；其进程没有响应</translation>
        </message>
        <message>
            <source>the render worker</source>
            <translation>渲染进程</translation>
        </message>
        <message>
            <source>the render worker died {times} times at this job (exit code {code}); try a shorter region, or the device cpu</source>
            <translation>渲染进程在此任务上崩溃 {times} 次（退出码 {code}）；请尝试更短的区域或 cpu 设备</translation>
        </message>
        <message>
            <source>the render worker was killed {times} times at this job (exit code {code}), as happens when memory runs out; try again with a smaller tile, or a shorter region</source>
            <translation>渲染进程在此任务上被系统终止了 {times} 次（退出代码 {code}），内存耗尽时会如此；请用更小的分块重试，或缩短区域</translation>
        </message>
        <message>
            <source>the song has no clip {clip}</source>
            <translation>歌曲没有片段 {clip}</translation>
        </message>
        <message>
            <source>the song has no marker {marker}</source>
            <translation>歌曲没有标记 {marker}</translation>
        </message>
        <message>
            <source>the song has no region {region}</source>
            <translation>歌曲没有区域 {region}</translation>
        </message>
        <message>
            <source>the song has no track {track}</source>
            <translation>歌曲没有轨道 {track}</translation>
        </message>
        <message>
            <source>the song is open in another program (process {process})</source>
            <translation>歌曲已在另一个程序中打开（进程 {process}）</translation>
        </message>
        <message>
            <source>there is a region already on {track}</source>
            <translation>{track} 上此处已有区域</translation>
        </message>
        <message>
            <source>there is no NVIDIA driver</source>
            <translation>没有 NVIDIA 驱动程序</translation>
        </message>
        <message>
            <source>there is no PortAudio, so nothing can be heard; install the Debian package libportaudio2</source>
            <translation>没有 PortAudio，因此听不到声音；请安装 Debian 软件包 libportaudio2</translation>
        </message>
        <message>
            <source>there is no audio device {device}; connect it, or choose another</source>
            <translation>没有音频设备 {device}；请连接该设备，或另选</translation>
        </message>
        <message>
            <source>there is no audio input {name}; connect it, or choose another in the preferences</source>
            <translation>没有音频输入 {name}；请连接它，或在偏好设置中选择其他输入</translation>
        </message>
        <message>
            <source>there is no audio input; connect one, then record again</source>
            <translation>没有音频输入；请连接一个，然后重新录音</translation>
        </message>
        <message>
            <source>there is no audio output; connect one, or choose a device in the preferences</source>
            <translation>没有音频输出；请连接一个，或在偏好设置中选择设备</translation>
        </message>
        <message>
            <source>there is no number in {text}; type one</source>
            <translation>{text} 中没有数字；请键入一个数字</translation>
        </message>
        <message>
            <source>there is no pack {pack} in {folder}; list the packs</source>
            <translation>{folder} 中没有模型包 {pack}；请查看模型包列表</translation>
        </message>
        <message>
            <source>there is no prompt behind the span; write what shall sound</source>
            <translation>范围后面没有提示词；请写明要发出的声音</translation>
        </message>
        <message>
            <source>there is no song to play</source>
            <translation>没有可播放的歌曲</translation>
        </message>
        <message>
            <source>there is no such file; choose another</source>
            <translation>没有这个文件；请另选</translation>
        </message>
        <message>
            <source>there is no such place in a song: {text}</source>
            <translation>歌曲中没有这个位置：{text}</translation>
        </message>
        <message>
            <source>there is no such song</source>
            <translation>没有这个歌曲</translation>
        </message>
        <message>
            <source>there is nothing to hear from {start} to {end}: choose a longer span, or put a clip or a region into the song</source>
            <translation>{start}至{end}没有可听的内容：请选择更长的范围，或在乐曲中加入片段或区域</translation>
        </message>
        <message>
            <source>there is something at this path already</source>
            <translation>此路径已有内容</translation>
        </message>
        <message>
            <source>there is {what} (installed: {names}); see `partimento models list`, or install one with `partimento models add`</source>
            <translation>{what}（已安装：{names}）；请用 `partimento models list` 查看，或用 `partimento models add` 安装</translation>
        </message>
        <message>
            <source>this build of ONNX Runtime does not have it</source>
            <translation>此版本的 ONNX Runtime 不支持该设备</translation>
        </message>
        <message>
            <source>tick {tick} is not within clip {clip}; split between its ends</source>
            <translation>tick {tick} 不在片段 {clip} 内；请在其两端之间拆分</translation>
        </message>
        <message>
            <source>tick {tick} is not within region {region}; split between its ends</source>
            <translation>tick {tick} 不在区域 {region} 内；请在其两端之间拆分</translation>
        </message>
        <message>
            <source>title</source>
            <translation>标题</translation>
        </message>
        <message>
            <source>track {track} has no region {region}</source>
            <translation>轨道 {track} 没有区域 {region}</translation>
        </message>
        <message>
            <source>true peak</source>
            <translation>真峰值</translation>
        </message>
        <message>
            <source>try again once it is whole</source>
            <translation>请在文件写完后重试</translation>
        </message>
        <message>
            <source>try less guidance or the device cpu</source>
            <translation>请尝试降低引导强度或使用 cpu 设备</translation>
        </message>
        <message>
            <source>try the device cpu, or another version of the pack</source>
            <translation>请尝试使用 cpu 设备或模型包的其他版本</translation>
        </message>
        <message>
            <source>update Partimento to open it</source>
            <translation>请更新 Partimento 后再打开</translation>
        </message>
        <message>
            <source>update Partimento to read it</source>
            <translation>请更新 Partimento 后再读取</translation>
        </message>
        <message>
            <source>update Partimento to use it</source>
            <translation>请更新 Partimento 后再使用</translation>
        </message>
        <message>
            <source>velocity must be in 1..127, got {value}</source>
            <translation>力度必须在 1..127 之间，现为 {value}</translation>
        </message>
        <message>
            <source>was written by a newer version of Partimento</source>
            <translation>由更新版本的 Partimento 写入</translation>
        </message>
        <message>
            <source>was written by a newer version of Partimento (format {version}, not {current})</source>
            <translation>由更新版本的 Partimento 写入（格式 {version}，而非 {current}）</translation>
        </message>
        <message>
            <source>where does it end? Write 0:15-0:30, or [0:15] for seconds 0 to 15</source>
            <translation>在哪里结束？请写成 0:15-0:30，或用 [0:15] 表示第 0 至 15 秒</translation>
        </message>
        <message>
            <source>without a prompt</source>
            <translation>（无提示词）</translation>
        </message>
        <message>
            <source>would have {bytes} bytes, a song may have {most}</source>
            <translation>将有 {bytes} 字节，而歌曲最多 {most} 字节</translation>
        </message>
        <message>
            <source>written</source>
            <translation>写入</translation>
        </message>
        <message>
            <source>{advice} or choose another folder</source>
            <translation>{advice}，或选择其他文件夹</translation>
        </message>
        <message>
            <source>{channels} channels of {frames} frames</source>
            <translation>{channels} 个声道、{frames} 帧</translation>
        </message>
        <message>
            <source>{device} cannot be opened at {rate} Hz: {reason}; connect it, or choose another device or rate</source>
            <translation>无法以 {rate} Hz 打开 {device}：{reason}；请连接该设备，或选择其他设备或采样率</translation>
        </message>
        <message>
            <source>{device} cannot be opened: {reason}; connect it, see to it that this program may use it, or choose another input in the preferences</source>
            <translation>无法打开 {device}：{reason}；请连接它，确认允许本程序使用，或在偏好设置中选择其他输入</translation>
        </message>
        <message>
            <source>{device} is gone ({reason}); playing stopped, connect it again</source>
            <translation>{device} 已断开（{reason}）；播放已停止，请重新连接</translation>
        </message>
        <message>
            <source>{device} is gone; what was recorded is kept, connect it again</source>
            <translation>{device} 已断开；已录下的内容已保留，请重新连接</translation>
        </message>
        <message>
            <source>{format} is written in {choices} bits, got {bits}</source>
            <translation>{format} 的位深为 {choices}，现为 {bits}</translation>
        </message>
        <message>
            <source>{kind} changes must be in order, got {after} after {before}</source>
            <translation>{kind} 变化必须按顺序排列，现在 {before} 之后是 {after}</translation>
        </message>
        <message>
            <source>{measure} is {value} {unit}, {side} {limit}</source>
            <translation>{measure}为 {value} {unit}，{side} {limit}</translation>
        </message>
        <message>
            <source>{name} in {source} is damaged; get the pack again</source>
            <translation>{source} 中的 {name} 已损坏；请重新获取模型包</translation>
        </message>
        <message>
            <source>{name} is no valid text at letter {at}</source>
            <translation>{name} 的第 {at} 个字符无效</translation>
        </message>
        <message>
            <source>{name} is not a plain file in {archive}; get the pack again</source>
            <translation>{archive} 中的 {name} 不是普通文件；请重新获取模型包</translation>
        </message>
        <message>
            <source>{name} must be in 0..{most} ticks, got {value}</source>
            <translation>{name} 必须在 0..{most} tick 之间，现为 {value}</translation>
        </message>
        <message>
            <source>{name} must be in {low}..{high}, got {value}</source>
            <translation>{name} 必须在 {low}..{high} 之间，现为 {value}</translation>
        </message>
        <message>
            <source>{path} cannot be read ({reason}); is {folder} a pack?</source>
            <translation>无法读取 {path}（{reason}）；{folder} 是模型包吗？</translation>
        </message>
        <message>
            <source>{path} does not open ({reason}); install the pack again</source>
            <translation>无法打开 {path}（{reason}）；请重新安装模型包</translation>
        </message>
        <message>
            <source>{path} failed ({reason}); try a shorter region, the device cpu, or another version of the pack</source>
            <translation>{path} 运行失败（{reason}）；请尝试更短的区域、cpu 设备或模型包的其他版本</translation>
        </message>
        <message>
            <source>{path} gave NaN or infinity; {advice}</source>
            <translation>{path} 得出 NaN 或无穷大；{advice}</translation>
        </message>
        <message>
            <source>{path} has {bytes} bytes, the manifest says {expected}; install the pack again</source>
            <translation>{path} 有 {bytes} 字节，而清单为 {expected}；请重新安装模型包</translation>
        </message>
        <message>
            <source>{path} is a folder; rename it, or choose another place</source>
            <translation>{path} 是文件夹；请将其改名，或选择其他位置</translation>
        </message>
        <message>
            <source>{path} is a link; remove it by hand</source>
            <translation>{path} 是链接；请手动删除</translation>
        </message>
        <message>
            <source>{path} is damaged: its SHA-256 is not the manifest's; install the pack again</source>
            <translation>{path} 已损坏：其 SHA-256 与清单不符；请重新安装模型包</translation>
        </message>
        <message>
            <source>{path} is missing; install the pack again</source>
            <translation>{path} 缺失；请重新安装模型包</translation>
        </message>
        <message>
            <source>{path} is no file; install the pack again</source>
            <translation>{path} 不是文件；请重新安装模型包</translation>
        </message>
        <message>
            <source>{path} is not a plain file; get the pack again</source>
            <translation>{path} 不是普通文件；请重新获取模型包</translation>
        </message>
        <message>
            <source>{path}: {problem}; it is kept as {name}, and there is a new one</source>
            <translation>{path}：{problem}；已保留为 {name}，并新建了一个</translation>
        </message>
        <message>
            <source>{path}: {problem}; {advice}</source>
            <translation>{path}：{problem}；{advice}</translation>
        </message>
        <message>
            <source>{problem}; what is changed in the library now will be gone</source>
            <translation>{problem}；现在对提示词库的更改不会保留</translation>
        </message>
        <message>
            <source>{reason} (is the disk full?)</source>
            <translation>{reason}（磁盘已满？）</translation>
        </message>
        <message>
            <source>{reason}; choose another file</source>
            <translation>{reason}；请另选文件</translation>
        </message>
        <message>
            <source>{size} MB more were wanted</source>
            <translation>还需要 {size} MB</translation>
        </message>
        <message>
            <source>{source} cannot be installed ({reason}); {advice}</source>
            <translation>无法安装 {source}（{reason}）；{advice}</translation>
        </message>
        <message>
            <source>{source} grows to {size} bytes and more, which no pack does; get it elsewhere</source>
            <translation>{source} 解压后超过 {size} 字节，不可能是模型包；请从别处获取</translation>
        </message>
        <message>
            <source>{source} holds no {manifest}; it is not a pack</source>
            <translation>{source} 中没有 {manifest}；它不是模型包</translation>
        </message>
        <message>
            <source>{source} is damaged: it has a header of {size} bytes</source>
            <translation>{source} 已损坏：其文件头有 {size} 字节</translation>
        </message>
        <message>
            <source>{source} is neither a folder nor an archive; name the pack's</source>
            <translation>{source} 既不是文件夹也不是压缩包；请选择模型包</translation>
        </message>
        <message>
            <source>{source}: {name} leaves the pack; do not use it</source>
            <translation>{source}：{name} 指向模型包之外；请勿使用</translation>
        </message>
        <message>
            <source>{span} is no span; write 0:15-0:30 or bars 1-8</source>
            <translation>{span} 不是范围；请写成 0:15-0:30 或 bars 1-8</translation>
        </message>
        <message>
            <source>{start} to {end} is not in the region {region}, which lasts from {first} to {last}; choose a span within it</source>
            <translation>{start}至{end}不在区域 {region} 内（该区域从{first}到{last}）；请在其中选择一段</translation>
        </message>
        <message>
            <source>{time} is no time: behind a colon the figures go up to 59</source>
            <translation>{time} 不是时间：冒号后的数字最大为 59</translation>
        </message>
        <message>
            <source>{time} is no time; write seconds, m:ss or h:mm:ss</source>
            <translation>{time} 不是时间；请写秒数、分:秒 或 时:分:秒</translation>
        </message>
        <message>
            <source>{what} ran out of memory ({reason}); try again with a smaller tile, or a shorter region</source>
            <translation>{what} 内存不足（{reason}）；请用更小的分块重试，或缩短区域</translation>
        </message>
        <message>
            <source>{what} ran out of memory; try again with a smaller tile, or a shorter region</source>
            <translation>{what} 内存不足；请用更小的分块重试，或缩短区域</translation>
        </message>
    </context>
    <context>
        <name>Program</name>
        <message>
            <source>A prompt has {n} letters; all are kept, but from {most} on it can only be shortened</source>
            <translation>有一条提示词有 {n} 个字符；全部保留，但超过 {most} 个后只能缩短</translation>
        </message>
        <message>
            <source>Recover</source>
            <translation>恢复</translation>
        </message>
        <message>
            <source>The audio of {n} takes is missing, the first at {path}</source>
            <translation>有 {n} 个版本的音频缺失，第一个位于 {path}</translation>
        </message>
        <message>
            <source>Untitled</source>
            <translation>未命名</translation>
        </message>
    </context>
    <context>
        <name>PromptBox</name>
        <message>
            <source>A prompt may have {n} letters; the rest was not taken</source>
            <translation>提示词最多可有 {n} 个字符；其余未被接受</translation>
        </message>
        <message>
            <source>Make a full prompt of a few words: instruments, rhythm, tempo, dynamics</source>
            <translation>由几个词生成完整的提示词：乐器、节奏、速度、力度</translation>
        </message>
        <message>
            <source>Negative prompt</source>
            <translation>负面提示词</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>提示词</translation>
        </message>
        <message>
            <source>What it shall not sound like</source>
            <translation>不希望听到的声音</translation>
        </message>
        <message>
            <source>What the prompt asks for in vain</source>
            <translation>提示词中无法实现的要求</translation>
        </message>
        <message>
            <source>What the region shall sound like; Ctrl+Space suggests</source>
            <translation>希望区域听起来如何；Ctrl+空格键显示建议</translation>
        </message>
        <message>
            <source>Word prompt</source>
            <translation>润色提示词</translation>
        </message>
        <message>
            <source>Word the prompt</source>
            <translation>润色提示词</translation>
        </message>
        <message>
            <source>different ones; what you type stands in all of them</source>
            <translation>各不相同；键入的内容将用于所有区域</translation>
        </message>
        <message>
            <source>warm flute, calm, close</source>
            <translation>温暖的长笛，宁静，近距离</translation>
        </message>
        <message>
            <source>what it shall not sound like</source>
            <translation>不希望听到的声音</translation>
        </message>
        <message>
            <source>{model} cannot do: {what}</source>
            <translation>{model} 做不到：{what}</translation>
        </message>
        <message>
            <source>{tip}; it counts from a guidance above 1 on</source>
            <translation>{tip}；引导强度大于 1 时有效</translation>
        </message>
    </context>
    <context>
        <name>PromptRows</name>
        <message>
            <source>A/B rating {elo:.0f}</source>
            <translation>A/B 评分 {elo:.0f}</translation>
        </message>
        <message>
            <source>tags: {tags}</source>
            <translation>标签：{tags}</translation>
        </message>
        <message>
            <source>takes: {n}</source>
            <translation>版本：{n}</translation>
        </message>
        <message>
            <source>uses: {n}</source>
            <translation>使用次数：{n}</translation>
        </message>
        <message>
            <source>{n} of 5 stars</source>
            <translation>{n} / 5 星</translation>
        </message>
    </context>
    <context>
        <name>Prompts</name>
        <message>
            <source>Bring the removed prompt back</source>
            <translation>恢复移除的提示词</translation>
        </message>
        <message>
            <source>Drag a prompt onto a region, or press Return to give it to those selected</source>
            <translation>将提示词拖到区域上，或按回车键用于选中的区域</translation>
        </message>
        <message>
            <source>Edit the words of prompts</source>
            <translation>编辑提示词词表</translation>
        </message>
        <message>
            <source>Export prompts</source>
            <translation>导出提示词</translation>
        </message>
        <message>
            <source>Export prompts...</source>
            <translation>导出提示词…</translation>
        </message>
        <message>
            <source>Find a prompt</source>
            <translation>查找提示词</translation>
        </message>
        <message>
            <source>Find a prompt...</source>
            <translation>查找提示词…</translation>
        </message>
        <message>
            <source>Give the prompt to the selected regions</source>
            <translation>将提示词用于选中的区域</translation>
        </message>
        <message>
            <source>Import prompts</source>
            <translation>导入提示词</translation>
        </message>
        <message>
            <source>Import prompts...</source>
            <translation>导入提示词…</translation>
        </message>
        <message>
            <source>Imported {name}</source>
            <translation>已导入 {name}</translation>
        </message>
        <message>
            <source>Keep the prompt in the library</source>
            <translation>将提示词存入提示词库</translation>
        </message>
        <message>
            <source>No prompt has these words.</source>
            <translation>没有包含这些字词的提示词。</translation>
        </message>
        <message>
            <source>Nothing opens text files here; your words are in {path}</source>
            <translation>没有程序可打开文本文件；您的词表位于 {path}</translation>
        </message>
        <message>
            <source>Open your own table of words: chips, completion and wording follow it at once</source>
            <translation>打开您自己的词表：词条、补全和润色会立即随之更新</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>提示词</translation>
        </message>
        <message>
            <source>Prompts</source>
            <translation>提示词</translation>
        </message>
        <message>
            <source>Prompts (*.json)</source>
            <translation>提示词 (*.json)</translation>
        </message>
        <message>
            <source>Remove the prompt</source>
            <translation>移除提示词</translation>
        </message>
        <message>
            <source>Select a region first</source>
            <translation>请先选择区域</translation>
        </message>
        <message>
            <source>Select a region with a prompt first</source>
            <translation>请先选择有提示词的区域</translation>
        </message>
        <message>
            <source>Show only prompts that have this tag</source>
            <translation>只显示带有此标签的提示词</translation>
        </message>
        <message>
            <source>Star the prompt</source>
            <translation>为提示词加星标</translation>
        </message>
        <message>
            <source>Tag</source>
            <translation>标签</translation>
        </message>
        <message>
            <source>Tags of the prompt</source>
            <translation>提示词的标签</translation>
        </message>
        <message>
            <source>Tags of the prompt, with commas between them</source>
            <translation>提示词的标签，用逗号分隔</translation>
        </message>
        <message>
            <source>The library has the prompt now</source>
            <translation>已将提示词存入提示词库</translation>
        </message>
        <message>
            <source>Words find a prompt in the library</source>
            <translation>在提示词库中按字词查找</translation>
        </message>
        <message>
            <source>Words of a prompt</source>
            <translation>提示词中的字词</translation>
        </message>
        <message>
            <source>Words of the prompt or its tags; Down goes to the list</source>
            <translation>提示词或其标签中的字词；下方向键转到列表</translation>
        </message>
        <message>
            <source>all tags</source>
            <translation>所有标签</translation>
        </message>
        <message>
            <source>tags</source>
            <translation>标签</translation>
        </message>
    </context>
    <context>
        <name>QuantiseDialog</name>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Grid</source>
            <translation>网格</translation>
        </message>
        <message>
            <source>How far notes move to the grid; 100 % is all the way</source>
            <translation>音符向网格靠拢的程度；100 % 为完全对齐</translation>
        </message>
        <message>
            <source>How late every second line is; 100 % is as late as in a triplet</source>
            <translation>每隔一条网格线的推迟程度；100 % 相当于三连音</translation>
        </message>
        <message>
            <source>Leave the notes as they are (Esc)</source>
            <translation>保持音符不变 (Esc)</translation>
        </message>
        <message>
            <source>Quantise</source>
            <translation>量化</translation>
        </message>
        <message>
            <source>Quantise the selected notes, or all (Return)</source>
            <translation>量化选中的音符，或所有音符（回车键）</translation>
        </message>
        <message>
            <source>Strength</source>
            <translation>强度</translation>
        </message>
        <message>
            <source>Swing</source>
            <translation>摇摆</translation>
        </message>
        <message>
            <source>What notes move to</source>
            <translation>音符对齐的网格</translation>
        </message>
    </context>
    <context>
        <name>Questions</name>
        <message>
            <source>"{title}" was not saved when it was last open.</source>
            <translation>“{title}”上次打开时没有保存。</translation>
        </message>
        <message>
            <source>An autosave of {time} has later changes. Recovering them is a step that undo takes back; if you keep the saved song, the autosave goes to the backups of the song when you next change it.</source>
            <translation>{time} 的自动保存含有更新的更改。恢复这些更改是一个可以撤销的步骤；如果保留已保存的歌曲，下次更改时自动保存会移到该歌曲的备份中。</translation>
        </message>
        <message>
            <source>Discarding goes back to the song as it was last saved.</source>
            <translation>丢弃更改会回到上次保存的歌曲。</translation>
        </message>
        <message>
            <source>Keep the saved song</source>
            <translation>保留已保存的歌曲</translation>
        </message>
        <message>
            <source>Name of the song</source>
            <translation>歌曲名称</translation>
        </message>
        <message>
            <source>Recover</source>
            <translation>恢复</translation>
        </message>
        <message>
            <source>Recovery</source>
            <translation>恢复</translation>
        </message>
        <message>
            <source>Save the changes to "{title}"?</source>
            <translation>要保存对“{title}”的更改吗？</translation>
        </message>
        <message>
            <source>The folder of the song is called so too</source>
            <translation>歌曲的文件夹也使用此名称</translation>
        </message>
        <message>
            <source>Unsaved changes</source>
            <translation>有未保存的更改</translation>
        </message>
    </context>
    <context>
        <name>QueuePanel</name>
        <message>
            <source>Clear what has ended</source>
            <translation>清除已结束的任务</translation>
        </message>
        <message>
            <source>Jobs</source>
            <translation>任务</translation>
        </message>
        <message>
            <source>Jobs, in the order in which they are rendered</source>
            <translation>任务，按渲染顺序排列</translation>
        </message>
        <message>
            <source>Nothing is rendered. Select regions and press {keys}.</source>
            <translation>没有渲染任务。请选择区域并按 {keys}。</translation>
        </message>
        <message>
            <source>Render queue</source>
            <translation>渲染队列</translation>
        </message>
        <message>
            <source>Take jobs that have ended out of the list</source>
            <translation>从列表中移除已结束的任务</translation>
        </message>
    </context>
    <context>
        <name>Recorder</name>
        <message>
            <source>Record</source>
            <translation>录音</translation>
        </message>
        <message>
            <source>Recorded notes: {n}</source>
            <translation>已录制 {n} 个音符</translation>
        </message>
    </context>
    <context>
        <name>RegionSection</name>
        <message>
            <source>Choose model</source>
            <translation>选择模型</translation>
        </message>
        <message>
            <source>End</source>
            <translation>结束</translation>
        </message>
        <message>
            <source>End of the region</source>
            <translation>区域的结束位置</translation>
        </message>
        <message>
            <source>Free seed</source>
            <translation>解锁种子</translation>
        </message>
        <message>
            <source>Guidance</source>
            <translation>引导强度</translation>
        </message>
        <message>
            <source>Hear the other tracks</source>
            <translation>聆听其他轨道</translation>
        </message>
        <message>
            <source>Hears the other tracks</source>
            <translation>聆听其他轨道</translation>
        </message>
        <message>
            <source>How closely the notes are followed</source>
            <translation>遵循音符的程度</translation>
        </message>
        <message>
            <source>How strongly the prompt leads; empty: the model's</source>
            <translation>提示词的引导强度；留空：模型默认值</translation>
        </message>
        <message>
            <source>Keep to one seed, that of the take which plays; else each take has a new one</source>
            <translation>固定使用一个种子，即正在使用的版本的种子；否则每个版本都用新种子</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>长度</translation>
        </message>
        <message>
            <source>Lock seed</source>
            <translation>锁定种子</translation>
        </message>
        <message>
            <source>Lock the seed</source>
            <translation>锁定种子</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Model of the region</source>
            <translation>区域的模型</translation>
        </message>
        <message>
            <source>Move region</source>
            <translation>移动区域</translation>
        </message>
        <message>
            <source>Notes</source>
            <translation>音符强度</translation>
        </message>
        <message>
            <source>Region</source>
            <translation>区域</translation>
        </message>
        <message>
            <source>Resize region</source>
            <translation>调整区域长度</translation>
        </message>
        <message>
            <source>Role</source>
            <translation>角色</translation>
        </message>
        <message>
            <source>Role of the region's track</source>
            <translation>区域所在轨道的角色</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>种子</translation>
        </message>
        <message>
            <source>Seed of a take; empty for a new one each</source>
            <translation>版本的种子；留空则每次新取</translation>
        </message>
        <message>
            <source>Select one region alone to set this</source>
            <translation>只选择一个区域才能设置</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>开始</translation>
        </message>
        <message>
            <source>Start of the region</source>
            <translation>区域的开始位置</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>步数</translation>
        </message>
        <message>
            <source>Steps of the sampler; empty: the model's</source>
            <translation>采样器步数；留空：模型默认值</translation>
        </message>
        <message>
            <source>Strength of the notes</source>
            <translation>音符强度</translation>
        </message>
        <message>
            <source>What renders the region: the song's model, or one of its own</source>
            <translation>渲染此区域的模型：歌曲的模型，或区域自己的模型</translation>
        </message>
        <message>
            <source>What the track of the region plays: the model is told so</source>
            <translation>区域所在轨道演奏什么：会告知模型</translation>
        </message>
        <message>
            <source>Whether what the other tracks play is given to the model</source>
            <translation>是否将其他轨道的演奏提供给模型</translation>
        </message>
        <message>
            <source>hears the other tracks</source>
            <translation>聆听其他轨道</translation>
        </message>
        <message>
            <source>new each time</source>
            <translation>每次新取</translation>
        </message>
        <message>
            <source>no other track plays a take here yet</source>
            <translation>其他轨道在此处还没有版本</translation>
        </message>
        <message>
            <source>steps</source>
            <translation>步</translation>
        </message>
        <message>
            <source>the model's</source>
            <translation>模型默认</translation>
        </message>
        <message>
            <source>{model} take {what}</source>
            <translation>{model} 可接受：{what}</translation>
        </message>
        <message>
            <source>{model} takes {what}</source>
            <translation>{model} 可接受：{what}</translation>
        </message>
        <message>
            <source>{n} regions</source>
            <translation>{n} 个区域</translation>
        </message>
        <message>
            <source>{what} as bar.beat.tick</source>
            <translation>{what}，格式为 小节.拍.tick</translation>
        </message>
    </context>
    <context>
        <name>RenderActions</name>
        <message>
            <source>Extend the take to its region</source>
            <translation>将版本延伸到整个区域</translation>
        </message>
        <message>
            <source>Hear the notes in what the region plays: a clip on a new track</source>
            <translation>从区域播放的声音中识别音符：在新轨道上生成片段</translation>
        </message>
        <message>
            <source>Make the part of the take within the loop range anew</source>
            <translation>重新生成版本在循环范围内的部分</translation>
        </message>
        <message>
            <source>Make what the take lacks at the start or end of its region</source>
            <translation>补全版本在区域开头或结尾缺少的部分</translation>
        </message>
        <message>
            <source>Notes from the take</source>
            <translation>从版本提取音符</translation>
        </message>
        <message>
            <source>Render</source>
            <translation>渲染</translation>
        </message>
        <message>
            <source>Render all, or the loop range, as stems</source>
            <translation>将全部或循环范围渲染为分轨</translation>
        </message>
        <message>
            <source>Render another take</source>
            <translation>再渲染一个版本</translation>
        </message>
        <message>
            <source>Render the selected regions</source>
            <translation>渲染选中的区域</translation>
        </message>
        <message>
            <source>Render the selected regions by a seed of their own</source>
            <translation>用各自的新种子渲染选中的区域</translation>
        </message>
        <message>
            <source>Render {n} takes</source>
            <translation>渲染 {n} 个版本</translation>
        </message>
        <message>
            <source>Rendering the loop range: {n} of {all} regions; L turns the loop off</source>
            <translation>正在渲染循环范围：{all} 个区域中的 {n} 个；按 L 关闭循环</translation>
        </message>
        <message>
            <source>Repaint the loop range</source>
            <translation>重绘循环范围</translation>
        </message>
        <message>
            <source>Select a region that plays a take</source>
            <translation>请选择正在使用版本的区域</translation>
        </message>
        <message>
            <source>Select a region to render it</source>
            <translation>请先选择区域再渲染</translation>
        </message>
        <message>
            <source>Set the loop range over what is to be made anew</source>
            <translation>请将循环范围设在要重新生成的部分上</translation>
        </message>
        <message>
            <source>Stop rendering</source>
            <translation>停止渲染</translation>
        </message>
        <message>
            <source>Stop what is rendered now, and all that waits</source>
            <translation>停止当前和所有等待中的渲染</translation>
        </message>
        <message>
            <source>There is no region to render</source>
            <translation>没有可渲染的区域</translation>
        </message>
        <message>
            <source>Track by track, each hearing those before it; all of the song while no loop is on</source>
            <translation>逐轨渲染，每条轨道都聆听之前的轨道；未开启循环时渲染整首歌曲</translation>
        </message>
    </context>
    <context>
        <name>RenderQueue</name>
        <message>
            <source>A region that is not there any more</source>
            <translation>已不存在的区域</translation>
        </message>
        <message>
            <source>Add the pack that is missing, or let another one render</source>
            <translation>添加缺少的模型包，或改用其他模型渲染</translation>
        </message>
        <message>
            <source>Needs less memory; the music stays the same. Of models that find phases tile by tile the waveform differs</source>
            <translation>占用内存更少；音乐不变。逐块求相位的模型，波形会有所不同</translation>
        </message>
        <message>
            <source>Needs still less memory; windows are smaller as well, so other music comes of it</source>
            <translation>占用内存更少；窗口也随之变小，因此音乐会不同</translation>
        </message>
        <message>
            <source>Open the models</source>
            <translation>打开模型</translation>
        </message>
        <message>
            <source>Slower, but in the memory of the machine itself</source>
            <translation>较慢，但使用本机内存</translation>
        </message>
        <message>
            <source>Track {n}</source>
            <translation>轨道 {n}</translation>
        </message>
        <message>
            <source>Try again on the CPU</source>
            <translation>改用 CPU 重试</translation>
        </message>
        <message>
            <source>Try again with a smaller tile</source>
            <translation>用更小的分块重试</translation>
        </message>
        <message>
            <source>cancelled</source>
            <translation>已取消</translation>
        </message>
        <message>
            <source>done</source>
            <translation>完成</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>失败</translation>
        </message>
        <message>
            <source>failed; what may help stands below</source>
            <translation>失败；补救办法见下方</translation>
        </message>
        <message>
            <source>improvising notes</source>
            <translation>正在即兴音符</translation>
        </message>
        <message>
            <source>listening</source>
            <translation>正在聆听</translation>
        </message>
        <message>
            <source>making sound</source>
            <translation>正在合成声音</translation>
        </message>
        <message>
            <source>no prompt</source>
            <translation>无提示词</translation>
        </message>
        <message>
            <source>playing</source>
            <translation>正在演奏</translation>
        </message>
        <message>
            <source>reading the prompt</source>
            <translation>正在读取提示词</translation>
        </message>
        <message>
            <source>starts</source>
            <translation>正在启动</translation>
        </message>
        <message>
            <source>take {n} of {all}</source>
            <translation>版本 {n} / {all}</translation>
        </message>
        <message>
            <source>waits</source>
            <translation>等待中</translation>
        </message>
        <message>
            <source>{n} s left</source>
            <translation>剩余 {n} 秒</translation>
        </message>
    </context>
    <context>
        <name>RendersLight</name>
        <message>
            <source>Renderings</source>
            <translation>渲染任务</translation>
        </message>
        <message>
            <source>Renderings to go: {n}, the present one at {percent:.0f} %; a click shows the queue</source>
            <translation>剩余渲染任务：{n}，当前任务 {percent:.0f} %；点击显示队列</translation>
        </message>
        <message>
            <source>{percent:.0f} % ({n})</source>
            <translation>{percent:.0f} %（{n}）</translation>
        </message>
    </context>
    <context>
        <name>Role</name>
        <message>
            <source>bass</source>
            <translation>低音</translation>
        </message>
        <message>
            <source>drums</source>
            <translation>鼓</translation>
        </message>
        <message>
            <source>harmony</source>
            <translation>和声</translation>
        </message>
        <message>
            <source>lead</source>
            <translation>主旋律</translation>
        </message>
        <message>
            <source>mix</source>
            <translation>混音</translation>
        </message>
    </context>
    <context>
        <name>RoleBox</name>
        <message>
            <source>different</source>
            <translation>不一致</translation>
        </message>
        <message>
            <source>{model} does not play this role</source>
            <translation>{model} 不演奏此角色</translation>
        </message>
    </context>
    <context>
        <name>RoleButton</name>
        <message>
            <source>Role of the track</source>
            <translation>轨道角色</translation>
        </message>
        <message>
            <source>Role of the track: what the model is asked to play</source>
            <translation>轨道角色：让模型演奏什么</translation>
        </message>
    </context>
    <context>
        <name>Ruler</name>
        <message>
            <source>Bars</source>
            <translation>小节</translation>
        </message>
        <message>
            <source>Bars. Click to move the playhead; Shift leaves the grid</source>
            <translation>小节。点击以移动播放头；按住 Shift 不吸附网格</translation>
        </message>
        <message>
            <source>Click to move the playhead; drag to loop. Shift: off the grid</source>
            <translation>点击以移动播放头；拖动以设定循环。Shift：不吸附网格</translation>
        </message>
        <message>
            <source>Drag to move or resize the loop; double-click: on or off</source>
            <translation>拖动以移动循环或调整长度；双击：打开或关闭</translation>
        </message>
        <message>
            <source>Ruler</source>
            <translation>标尺</translation>
        </message>
    </context>
    <context>
        <name>SavingPage</name>
        <message>
            <source>Autosave is always on: each change is on disk within {seconds:g} seconds, beside the song as you saved it. If the program ends without asking, it offers to recover the changes when the song is opened again.</source>
            <translation>自动保存始终开启：每次更改都会在 {seconds:g} 秒内写入磁盘，与您保存的歌曲分开存放。如果程序未经询问就结束，再次打开歌曲时可以恢复这些更改。</translation>
        </message>
        <message>
            <source>Folder of new songs</source>
            <translation>新歌曲的文件夹</translation>
        </message>
        <message>
            <source>Folder of this song</source>
            <translation>此歌曲的文件夹</translation>
        </message>
        <message>
            <source>New songs</source>
            <translation>新歌曲</translation>
        </message>
        <message>
            <source>This song</source>
            <translation>此歌曲</translation>
        </message>
    </context>
    <context>
        <name>ScaleField</name>
        <message>
            <source>Scale</source>
            <translation>音阶</translation>
        </message>
        <message>
            <source>Scale whose rows are highlighted</source>
            <translation>高亮显示其各行的音阶</translation>
        </message>
    </context>
    <context>
        <name>Scales</name>
        <message>
            <source>Blues</source>
            <translation>布鲁斯音阶</translation>
        </message>
        <message>
            <source>Dorian</source>
            <translation>多利亚调式</translation>
        </message>
        <message>
            <source>Harmonic minor</source>
            <translation>和声小调</translation>
        </message>
        <message>
            <source>Locrian</source>
            <translation>洛克里亚调式</translation>
        </message>
        <message>
            <source>Lydian</source>
            <translation>利底亚调式</translation>
        </message>
        <message>
            <source>Major</source>
            <translation>大调</translation>
        </message>
        <message>
            <source>Major pentatonic</source>
            <translation>大调五声音阶</translation>
        </message>
        <message>
            <source>Melodic minor</source>
            <translation>旋律小调</translation>
        </message>
        <message>
            <source>Minor</source>
            <translation>小调</translation>
        </message>
        <message>
            <source>Minor pentatonic</source>
            <translation>小调五声音阶</translation>
        </message>
        <message>
            <source>Mixolydian</source>
            <translation>混合利底亚调式</translation>
        </message>
        <message>
            <source>No scale</source>
            <translation>无音阶</translation>
        </message>
        <message>
            <source>Phrygian</source>
            <translation>弗里几亚调式</translation>
        </message>
        <message>
            <source>Song's key</source>
            <translation>歌曲的调</translation>
        </message>
        <message>
            <source>Whole tone</source>
            <translation>全音音阶</translation>
        </message>
    </context>
    <context>
        <name>ScrollBars</name>
        <message>
            <source>Scroll through the tracks</source>
            <translation>滚动轨道</translation>
        </message>
        <message>
            <source>Scroll through time</source>
            <translation>沿时间滚动</translation>
        </message>
    </context>
    <context>
        <name>ShortcutsDialog</name>
        <message>
            <source>Actions and their keys</source>
            <translation>操作及其按键</translation>
        </message>
        <message>
            <source>Add...</source>
            <translation>添加…</translation>
        </message>
        <message>
            <source>Change its keys by pressing others (Return)</source>
            <translation>按下新的按键来更改（回车键）</translation>
        </message>
        <message>
            <source>Change...</source>
            <translation>更改…</translation>
        </message>
        <message>
            <source>Choose an action</source>
            <translation>选择一个操作</translation>
        </message>
        <message>
            <source>Every action has the keys that it came with.</source>
            <translation>所有操作都使用默认按键。</translation>
        </message>
        <message>
            <source>Give every action the keys that it came with</source>
            <translation>所有操作都恢复默认按键</translation>
        </message>
        <message>
            <source>Give it further keys by pressing them</source>
            <translation>按下按键，为它另加快捷键</translation>
        </message>
        <message>
            <source>Give it the keys that it came with</source>
            <translation>恢复其默认按键</translation>
        </message>
        <message>
            <source>Give the actions the keys that they had before</source>
            <translation>恢复这些操作之前的按键</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>键盘快捷键</translation>
        </message>
        <message>
            <source>New keys</source>
            <translation>新按键</translation>
        </message>
        <message>
            <source>No keys</source>
            <translation>清除按键</translation>
        </message>
        <message>
            <source>Press the new keys here; Escape leaves it as it is</source>
            <translation>在此按下新按键；Esc 键保持不变</translation>
        </message>
        <message>
            <source>Reset</source>
            <translation>重置</translation>
        </message>
        <message>
            <source>Reset all</source>
            <translation>全部重置</translation>
        </message>
        <message>
            <source>Return, or a double-click, waits for new keys</source>
            <translation>按回车键或双击，然后按下新按键</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>搜索</translation>
        </message>
        <message>
            <source>Search for actions, or for keys as Ctrl+D</source>
            <translation>搜索操作，或按键如 Ctrl+D</translation>
        </message>
        <message>
            <source>Take back</source>
            <translation>撤回</translation>
        </message>
        <message>
            <source>Take its keys away</source>
            <translation>去除其按键</translation>
        </message>
        <message>
            <source>What was changed</source>
            <translation>更改的内容</translation>
        </message>
        <message>
            <source>Words of an action, or its keys; Return to the list</source>
            <translation>操作名称中的字或按键；回车键转到列表</translation>
        </message>
        <message>
            <source>{action} lost it and has no keys any more.</source>
            <translation>{action} 失去了它，不再有按键。</translation>
        </message>
        <message>
            <source>{action} lost it and keeps {keys}.</source>
            <translation>{action} 失去了它，仍保留 {keys}。</translation>
        </message>
        <message>
            <source>{action}: no keys any more.</source>
            <translation>{action}：不再有按键。</translation>
        </message>
        <message>
            <source>{action}: {keys}.</source>
            <translation>{action}：{keys}。</translation>
        </message>
    </context>
    <context>
        <name>SideBySide</name>
        <message>
            <source>How many jobs of one model, length and number of steps are rendered at a time. A CPU gains nothing by several, and the first take comes later</source>
            <translation>同时渲染多少个模型、长度和步数相同的任务。CPU 同时渲染多个并无好处，第一个版本反而来得更晚</translation>
        </message>
        <message>
            <source>Jobs one by one</source>
            <translation>任务逐个渲染</translation>
        </message>
        <message>
            <source>Like jobs side by side</source>
            <translation>同时渲染的同类任务</translation>
        </message>
        <message>
            <source>Like jobs together: as the device gains by it</source>
            <translation>同类任务一起渲染：视设备能否受益而定</translation>
        </message>
        <message>
            <source>Like jobs together: up to {n}</source>
            <translation>同类任务一起渲染：最多 {n} 个</translation>
        </message>
    </context>
    <context>
        <name>Snap</name>
        <message>
            <source>Bar</source>
            <translation>小节</translation>
        </message>
        <message>
            <source>Beat</source>
            <translation>拍</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>关</translation>
        </message>
    </context>
    <context>
        <name>SnapField</name>
        <message>
            <source>Grid</source>
            <translation>网格</translation>
        </message>
        <message>
            <source>Grid that drags keep to; hold Shift to leave it</source>
            <translation>拖动时吸附的网格；按住 Shift 可不吸附</translation>
        </message>
        <message>
            <source>Grid that notes keep to; hold Shift to leave it</source>
            <translation>音符吸附的网格；按住 Shift 可不吸附</translation>
        </message>
        <message>
            <source>Snap</source>
            <translation>吸附</translation>
        </message>
        <message>
            <source>Snap on or off</source>
            <translation>打开或关闭吸附</translation>
        </message>
    </context>
    <context>
        <name>SongSection</name>
        <message>
            <source>Length</source>
            <translation>长度</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Rename song</source>
            <translation>重命名歌曲</translation>
        </message>
        <message>
            <source>Sample rate</source>
            <translation>采样率</translation>
        </message>
        <message>
            <source>Song</source>
            <translation>歌曲</translation>
        </message>
        <message>
            <source>Title</source>
            <translation>标题</translation>
        </message>
        <message>
            <source>Title of the song</source>
            <translation>歌曲标题</translation>
        </message>
        <message>
            <source>{bars} bars, {time}</source>
            <translation>{bars} 小节，{time}</translation>
        </message>
    </context>
    <context>
        <name>Songs</name>
        <message>
            <source>Song</source>
            <translation>歌曲</translation>
        </message>
    </context>
    <context>
        <name>StatusLine</name>
        <message>
            <source>Save state</source>
            <translation>保存状态</translation>
        </message>
        <message>
            <source>Saved</source>
            <translation>已保存</translation>
        </message>
        <message>
            <source>The autosave holds them; Ctrl+S saves the song</source>
            <translation>更改已自动保存；按 Ctrl+S 保存歌曲</translation>
        </message>
        <message>
            <source>Unsaved changes</source>
            <translation>有未保存的更改</translation>
        </message>
        <message>
            <source>song.json holds the song as it is</source>
            <translation>song.json 中的歌曲是最新的</translation>
        </message>
    </context>
    <context>
        <name>Stepping</name>
        <message>
            <source>Move</source>
            <translation>移动</translation>
        </message>
    </context>
    <context>
        <name>Steps</name>
        <message>
            <source>New take</source>
            <translation>新版本</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
    </context>
    <context>
        <name>Strip</name>
        <message>
            <source>Add here...</source>
            <translation>在此添加…</translation>
        </message>
        <message>
            <source>Add to {0}</source>
            <translation>添加到{0}</translation>
        </message>
        <message>
            <source>Change {0}</source>
            <translation>更改{0}</translation>
        </message>
        <message>
            <source>Change...</source>
            <translation>更改…</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>删除</translation>
        </message>
        <message>
            <source>Delete from {0}</source>
            <translation>从{0}中删除</translation>
        </message>
        <message>
            <source>Fader of {name}</source>
            <translation>{name} 的推子</translation>
        </message>
        <message>
            <source>Gain</source>
            <translation>增益</translation>
        </message>
        <message>
            <source>Gain of {name}</source>
            <translation>{name} 的增益</translation>
        </message>
        <message>
            <source>Meter of {name}</source>
            <translation>{name} 的电平表</translation>
        </message>
        <message>
            <source>Move {0}</source>
            <translation>移动{0}</translation>
        </message>
        <message>
            <source>Mute</source>
            <translation>静音</translation>
        </message>
        <message>
            <source>Pan</source>
            <translation>声像</translation>
        </message>
        <message>
            <source>Pan of {name}</source>
            <translation>{name} 的声像</translation>
        </message>
        <message>
            <source>Solo</source>
            <translation>独奏</translation>
        </message>
        <message>
            <source>Strip of {name}</source>
            <translation>{name} 的通道条</translation>
        </message>
        <message>
            <source>Track {n}</source>
            <translation>轨道 {n}</translation>
        </message>
    </context>
    <context>
        <name>StudioDialog</name>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Close (Esc)</source>
            <translation>关闭 (Esc)</translation>
        </message>
    </context>
    <context>
        <name>SweepDialog</name>
        <message>
            <source>A prompt a line</source>
            <translation>每行一个提示词</translation>
        </message>
        <message>
            <source>A prompt a line; each is rendered by the same seeds.</source>
            <translation>每行一个提示词；各用相同的种子渲染。</translation>
        </message>
        <message>
            <source>How many takes of each prompt</source>
            <translation>每个提示词生成的版本数</translation>
        </message>
        <message>
            <source>Prompt sweep</source>
            <translation>提示词扫描</translation>
        </message>
        <message>
            <source>Prompts</source>
            <translation>提示词</translation>
        </message>
        <message>
            <source>Render</source>
            <translation>渲染</translation>
        </message>
        <message>
            <source>Render all prompts as one job</source>
            <translation>将所有提示词作为一个任务渲染</translation>
        </message>
        <message>
            <source>Render {n} takes</source>
            <translation>渲染 {n} 个版本</translation>
        </message>
        <message>
            <source>Seeds</source>
            <translation>种子</translation>
        </message>
        <message>
            <source>Several prompts for the selected region</source>
            <translation>选中区域的多个提示词</translation>
        </message>
        <message>
            <source>warm flute, calm
bright flute, lively</source>
            <translation>温暖的长笛，宁静
明亮的长笛，活泼</translation>
        </message>
    </context>
    <context>
        <name>Takes</name>
        <message>
            <source>Computed by</source>
            <translation>计算设备</translation>
        </message>
        <message>
            <source>Guidance</source>
            <translation>引导强度</translation>
        </message>
        <message>
            <source>Imported from</source>
            <translation>导入自</translation>
        </message>
        <message>
            <source>Improvised notes</source>
            <translation>即兴的音符</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>长度</translation>
        </message>
        <message>
            <source>Listened to</source>
            <translation>聆听的轨道</translation>
        </message>
        <message>
            <source>Loudness</source>
            <translation>响度</translation>
        </message>
        <message>
            <source>Made (UTC)</source>
            <translation>生成时间 (UTC)</translation>
        </message>
        <message>
            <source>Made out of the take</source>
            <translation>由此版本生成</translation>
        </message>
        <message>
            <source>Not wanted</source>
            <translation>负面提示词</translation>
        </message>
        <message>
            <source>Pack</source>
            <translation>模型包</translation>
        </message>
        <message>
            <source>Pass {n}</source>
            <translation>第 {n} 遍</translation>
        </message>
        <message>
            <source>Played at</source>
            <translation>播放增益</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>提示词</translation>
        </message>
        <message>
            <source>Quality gate</source>
            <translation>质量检查</translation>
        </message>
        <message>
            <source>Refused before</source>
            <translation>之前未通过</translation>
        </message>
        <message>
            <source>Rendered together</source>
            <translation>一同渲染</translation>
        </message>
        <message>
            <source>Retaken towards</source>
            <translation>重录目标</translation>
        </message>
        <message>
            <source>Role</source>
            <translation>角色</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>种子</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>步数</translation>
        </message>
        <message>
            <source>Strength of the notes</source>
            <translation>音符强度</translation>
        </message>
        <message>
            <source>Take {n}</source>
            <translation>版本 {n}</translation>
        </message>
        <message>
            <source>Tiles made smaller</source>
            <translation>分块缩小次数</translation>
        </message>
        <message>
            <source>True peak</source>
            <translation>真峰值</translation>
        </message>
        <message>
            <source>a track that is gone</source>
            <translation>已删除的轨道</translation>
        </message>
        <message>
            <source>not measured</source>
            <translation>未测量</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>无</translation>
        </message>
        <message>
            <source>passed</source>
            <translation>通过</translation>
        </message>
        <message>
            <source>seed {seed}: {why}</source>
            <translation>种子 {seed}：{why}</translation>
        </message>
        <message>
            <source>the pack's</source>
            <translation>模型包默认</translation>
        </message>
    </context>
    <context>
        <name>TakesList</name>
        <message>
            <source>Click to sort; click again for the other way round</source>
            <translation>点击排序；再次点击反向排序</translation>
        </message>
    </context>
    <context>
        <name>TakesModel</name>
        <message>
            <source>A/B</source>
            <translation>A/B</translation>
        </message>
        <message>
            <source>Blind comparisons won and lost</source>
            <translation>盲听比较的胜负</translation>
        </message>
        <message>
            <source>How far the tempo is off</source>
            <translation>速度的偏差</translation>
        </message>
        <message>
            <source>How many notes of the sketch are heard where they should be (F1)</source>
            <translation>草图中在应有位置听到的音符比例 (F1)</translation>
        </message>
        <message>
            <source>LUFS</source>
            <translation>LUFS</translation>
        </message>
        <message>
            <source>Length (s)</source>
            <translation>长度（秒）</translation>
        </message>
        <message>
            <source>Loudness (LUFS)</source>
            <translation>响度 (LUFS)</translation>
        </message>
        <message>
            <source>Made {time} (UTC)</source>
            <translation>生成于 {time} (UTC)</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Notes</source>
            <translation>音符</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>提示词</translation>
        </message>
        <message>
            <source>Quality gate</source>
            <translation>质量检查</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>种子</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>声音</translation>
        </message>
        <message>
            <source>Stars</source>
            <translation>星标</translation>
        </message>
        <message>
            <source>Tempo</source>
            <translation>速度</translation>
        </message>
        <message>
            <source>True peak (dBTP)</source>
            <translation>真峰值 (dBTP)</translation>
        </message>
        <message>
            <source>What plays, and which key plays it</source>
            <translation>正在使用的版本，以及播放它的按键</translation>
        </message>
        <message>
            <source>dBTP</source>
            <translation>dBTP</translation>
        </message>
    </context>
    <context>
        <name>TakesPanel</name>
        <message>
            <source>A/B</source>
            <translation>A/B</translation>
        </message>
        <message>
            <source>Blind comparison</source>
            <translation>盲听比较</translation>
        </message>
        <message>
            <source>Choose a take that differs there from the one that plays</source>
            <translation>请选择在这一点上与正在使用的版本不同的版本</translation>
        </message>
        <message>
            <source>Choose take</source>
            <translation>选用版本</translation>
        </message>
        <message>
            <source>Comment on take</source>
            <translation>注释版本</translation>
        </message>
        <message>
            <source>Comp</source>
            <translation>拼接</translation>
        </message>
        <message>
            <source>Compare blind</source>
            <translation>盲听比较</translation>
        </message>
        <message>
            <source>Compare the packs of this take and the one that plays, blind</source>
            <translation>盲听比较此版本与正在使用的版本的模型包</translation>
        </message>
        <message>
            <source>Compare the prompts of this take and the one that plays, blind</source>
            <translation>盲听比较此版本与正在使用的版本的提示词</translation>
        </message>
        <message>
            <source>Compare this take with the one that plays, blind</source>
            <translation>盲听比较此版本与正在使用的版本</translation>
        </message>
        <message>
            <source>Compare two takes, prompts or packs by ear alone</source>
            <translation>只凭听觉比较两个版本、提示词或模型包</translation>
        </message>
        <message>
            <source>Draw the improvised notes of this take</source>
            <translation>画出此版本即兴的音符</translation>
        </message>
        <message>
            <source>Name take</source>
            <translation>命名版本</translation>
        </message>
        <message>
            <source>No take is like that; ask for less above.</source>
            <translation>没有符合条件的版本；请放宽上方的条件。</translation>
        </message>
        <message>
            <source>Play take {n}</source>
            <translation>播放版本 {n}</translation>
        </message>
        <message>
            <source>Play this take</source>
            <translation>播放此版本</translation>
        </message>
        <message>
            <source>Play this take within the loop</source>
            <translation>在循环范围内播放此版本</translation>
        </message>
        <message>
            <source>Put one take together from several</source>
            <translation>由多个版本拼接成一个</translation>
        </message>
        <message>
            <source>Reject take</source>
            <translation>弃用版本</translation>
        </message>
        <message>
            <source>Reject the take, or take it back</source>
            <translation>弃用此版本，或恢复它</translation>
        </message>
        <message>
            <source>Return or 1 to 9 chooses, * stars, Delete rejects, F2 names a take</source>
            <translation>回车键或 1 至 9 选用，* 键加星标，Delete 键弃用，F2 键命名版本</translation>
        </message>
        <message>
            <source>Search the takes</source>
            <translation>搜索版本</translation>
        </message>
        <message>
            <source>Select a region to see its takes.</source>
            <translation>选择一个区域以查看其版本。</translation>
        </message>
        <message>
            <source>Star take</source>
            <translation>为版本加星标</translation>
        </message>
        <message>
            <source>Star the take</source>
            <translation>为此版本加星标</translation>
        </message>
        <message>
            <source>Takes as cards, or as a list</source>
            <translation>以卡片或列表显示版本</translation>
        </message>
        <message>
            <source>Takes as cards, or as a list (Ctrl+G)</source>
            <translation>以卡片或列表显示版本 (Ctrl+G)</translation>
        </message>
        <message>
            <source>Takes of the region</source>
            <translation>区域的版本</translation>
        </message>
        <message>
            <source>This region has no take yet: render it, and it stands here.</source>
            <translation>此区域还没有版本：渲染后会显示在这里。</translation>
        </message>
        <message>
            <source>{n} regions are selected: select one of them to see its takes.</source>
            <translation>选中了 {n} 个区域：只选中其中一个，就能看到它的版本。</translation>
        </message>
    </context>
    <context>
        <name>Timeline</name>
        <message>
            <source>. Double-click: its notes</source>
            <translation>。双击：显示其音符</translation>
        </message>
        <message>
            <source>Add clip</source>
            <translation>添加片段</translation>
        </message>
        <message>
            <source>Add region</source>
            <translation>添加区域</translation>
        </message>
        <message>
            <source>Choose take</source>
            <translation>选用版本</translation>
        </message>
        <message>
            <source>Click: all of the region plays this take</source>
            <translation>单击：整个区域选用此版本</translation>
        </message>
        <message>
            <source>Click: one star more</source>
            <translation>单击：加一颗星</translation>
        </message>
        <message>
            <source>Comp</source>
            <translation>拼接</translation>
        </message>
        <message>
            <source>Double-click to add a track; drop MIDI or audio files here</source>
            <translation>双击以添加轨道；可将 MIDI 或音频文件拖到这里</translation>
        </message>
        <message>
            <source>Drag to draw a clip. Alt: a region. Shift: off the grid</source>
            <translation>拖动以绘制片段。Alt：区域。Shift：不吸附网格</translation>
        </message>
        <message>
            <source>Drag to move the cut. Shift: off the grid</source>
            <translation>拖动以移动剪接点。Shift：离开网格</translation>
        </message>
        <message>
            <source>Drag to move. Ctrl: copy. Shift: off the grid. Alt: new region</source>
            <translation>拖动以移动。Ctrl：复制。Shift：不吸附网格。Alt：新区域</translation>
        </message>
        <message>
            <source>Drag to resize. Shift: off the grid</source>
            <translation>拖动以调整长度。Shift：不吸附网格</translation>
        </message>
        <message>
            <source>Drag to select; double-click adds a clip; Alt+drag adds a region</source>
            <translation>拖动以选择；双击添加片段；按住 Alt 拖动添加区域</translation>
        </message>
        <message>
            <source>Drag to select; double-click or Alt+drag adds a region</source>
            <translation>拖动以选择；双击或按住 Alt 拖动添加区域</translation>
        </message>
        <message>
            <source>Drag: this take plays there. Shift: off the grid. Escape cancels</source>
            <translation>拖动：该处播放此版本。Shift：离开网格。Escape 取消</translation>
        </message>
        <message>
            <source>Marker {0}</source>
            <translation>标记 {0}</translation>
        </message>
        <message>
            <source>Markers</source>
            <translation>标记</translation>
        </message>
        <message>
            <source>Markers: double-click adds one (M: at the playhead) or renames it; drag</source>
            <translation>标记：双击添加（M：在播放头处）或重命名；可拖动</translation>
        </message>
        <message>
            <source>Metre</source>
            <translation>拍号</translation>
        </message>
        <message>
            <source>Metre: double-click adds a change or types its value; drag</source>
            <translation>拍号：双击添加变化或键入数值；可拖动</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>移动</translation>
        </message>
        <message>
            <source>Move cut</source>
            <translation>移动剪接点</translation>
        </message>
        <message>
            <source>No prompt yet</source>
            <translation>还没有提示词</translation>
        </message>
        <message>
            <source>Not rendered yet</source>
            <translation>尚未渲染</translation>
        </message>
        <message>
            <source>Not rendered yet; around one line, or chords, the rest is improvised</source>
            <translation>尚未渲染；若只画了一条旋律线或和弦，其余声部由模型即兴</translation>
        </message>
        <message>
            <source>Not rendered yet; the model improvises its notes</source>
            <translation>尚未渲染；音符由模型即兴演奏</translation>
        </message>
        <message>
            <source>Resize</source>
            <translation>调整长度</translation>
        </message>
        <message>
            <source>Star take</source>
            <translation>为版本加星标</translation>
        </message>
        <message>
            <source>Tempo, bpm</source>
            <translation>速度, bpm</translation>
        </message>
        <message>
            <source>Tempo: double-click adds a change or types its value; drag</source>
            <translation>速度：双击添加变化或键入数值；可拖动</translation>
        </message>
        <message>
            <source>The audio of this take is missing</source>
            <translation>此版本的音频缺失</translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>时间线</translation>
        </message>
    </context>
    <context>
        <name>Toolbar</name>
        <message>
            <source>More tools</source>
            <translation>更多工具</translation>
        </message>
        <message>
            <source>Tools of the piano roll</source>
            <translation>钢琴卷帘工具</translation>
        </message>
    </context>
    <context>
        <name>TrackCommands</name>
        <message>
            <source>Add a track</source>
            <translation>添加轨道</translation>
        </message>
        <message>
            <source>Add track</source>
            <translation>添加轨道</translation>
        </message>
        <message>
            <source>Arm the track</source>
            <translation>轨道录音准备</translation>
        </message>
        <message>
            <source>Change role</source>
            <translation>更改角色</translation>
        </message>
        <message>
            <source>Colour track</source>
            <translation>更改轨道颜色</translation>
        </message>
        <message>
            <source>Delete the track</source>
            <translation>删除轨道</translation>
        </message>
        <message>
            <source>Delete track</source>
            <translation>删除轨道</translation>
        </message>
        <message>
            <source>Duplicate the track</source>
            <translation>创建轨道副本</translation>
        </message>
        <message>
            <source>Duplicate track</source>
            <translation>创建轨道副本</translation>
        </message>
        <message>
            <source>Monitor: hear on the track what is played</source>
            <translation>监听：在轨道上听到弹奏的声音</translation>
        </message>
        <message>
            <source>Move the track down</source>
            <translation>下移轨道</translation>
        </message>
        <message>
            <source>Move the track up</source>
            <translation>上移轨道</translation>
        </message>
        <message>
            <source>Move track</source>
            <translation>移动轨道</translation>
        </message>
        <message>
            <source>Mute</source>
            <translation>静音</translation>
        </message>
        <message>
            <source>Mute the track</source>
            <translation>静音轨道</translation>
        </message>
        <message>
            <source>Rename the track</source>
            <translation>重命名轨道</translation>
        </message>
        <message>
            <source>Rename track</source>
            <translation>重命名轨道</translation>
        </message>
        <message>
            <source>Select a track first</source>
            <translation>请先选择轨道</translation>
        </message>
        <message>
            <source>Show or hide the lanes of the takes</source>
            <translation>显示或隐藏版本的分层</translation>
        </message>
        <message>
            <source>Solo</source>
            <translation>独奏</translation>
        </message>
        <message>
            <source>Solo the track</source>
            <translation>独奏轨道</translation>
        </message>
        <message>
            <source>Track {n}</source>
            <translation>轨道 {n}</translation>
        </message>
    </context>
    <context>
        <name>TrackName</name>
        <message>
            <source>Name of the track</source>
            <translation>轨道名称</translation>
        </message>
        <message>
            <source>{name}: double-click to rename</source>
            <translation>{name}：双击以重命名</translation>
        </message>
    </context>
    <context>
        <name>TrackSection</name>
        <message>
            <source>Colour</source>
            <translation>颜色</translation>
        </message>
        <message>
            <source>Colour {n}</source>
            <translation>颜色 {n}</translation>
        </message>
        <message>
            <source>Gain</source>
            <translation>增益</translation>
        </message>
        <message>
            <source>Gain of the track</source>
            <translation>轨道的增益</translation>
        </message>
        <message>
            <source>Heard</source>
            <translation>静音与独奏</translation>
        </message>
        <message>
            <source>Mute</source>
            <translation>静音</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Name of the track</source>
            <translation>轨道名称</translation>
        </message>
        <message>
            <source>Pan</source>
            <translation>声像</translation>
        </message>
        <message>
            <source>Pan of the track</source>
            <translation>轨道的声像</translation>
        </message>
        <message>
            <source>Rename track</source>
            <translation>重命名轨道</translation>
        </message>
        <message>
            <source>Role</source>
            <translation>角色</translation>
        </message>
        <message>
            <source>Role of the track</source>
            <translation>轨道角色</translation>
        </message>
        <message>
            <source>Solo</source>
            <translation>独奏</translation>
        </message>
        <message>
            <source>Track</source>
            <translation>轨道</translation>
        </message>
        <message>
            <source>What the track plays: the model is told so</source>
            <translation>轨道演奏什么：会告知模型</translation>
        </message>
    </context>
    <context>
        <name>TransportActions</name>
        <message>
            <source>Count in before a recording</source>
            <translation>录音前预备拍</translation>
        </message>
        <message>
            <source>Follow the playhead</source>
            <translation>跟随播放头</translation>
        </message>
        <message>
            <source>Loop on or off</source>
            <translation>打开或关闭循环</translation>
        </message>
        <message>
            <source>Loop the selection</source>
            <translation>循环选中内容</translation>
        </message>
        <message>
            <source>Metronome</source>
            <translation>节拍器</translation>
        </message>
        <message>
            <source>Panic: end every note</source>
            <translation>紧急停止：结束所有音符</translation>
        </message>
        <message>
            <source>Play from the selection</source>
            <translation>从选中内容开始播放</translation>
        </message>
        <message>
            <source>Play or stop</source>
            <translation>播放或停止</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>录音</translation>
        </message>
        <message>
            <source>Select a clip, a region or a span to loop it</source>
            <translation>请选择片段、区域或一段时间，再循环播放</translation>
        </message>
        <message>
            <source>Select or arm a track to record on it</source>
            <translation>请选择轨道或将其设为录音准备，再在其上录音</translation>
        </message>
        <message>
            <source>To the end</source>
            <translation>到结尾</translation>
        </message>
        <message>
            <source>To the marker before</source>
            <translation>到上一个标记</translation>
        </message>
        <message>
            <source>To the next marker</source>
            <translation>到下一个标记</translation>
        </message>
        <message>
            <source>To the start</source>
            <translation>到开头</translation>
        </message>
    </context>
    <context>
        <name>TransportBar</name>
        <message>
            <source>CPU {percent:.0f} %</source>
            <translation>CPU {percent:.0f} %</translation>
        </message>
        <message>
            <source>Load</source>
            <translation>负载</translation>
        </message>
        <message>
            <source>Metre</source>
            <translation>拍号</translation>
        </message>
        <message>
            <source>Metre here, as 3/4 or 6/8</source>
            <translation>此处的拍号，如 3/4 或 6/8</translation>
        </message>
        <message>
            <source>Position of the playhead as bar.beat.tick, 960 ticks a quarter note; type to go</source>
            <translation>播放头位置，格式为 小节.拍.tick，每个四分音符 960 tick；键入可前往</translation>
        </message>
        <message>
            <source>Position of the playhead as minutes:seconds; type to go there</source>
            <translation>播放头位置，格式为 分:秒；键入可前往</translation>
        </message>
        <message>
            <source>Position, bar.beat.tick</source>
            <translation>位置，小节.拍.tick</translation>
        </message>
        <message>
            <source>Position, minutes:seconds</source>
            <translation>位置，分:秒</translation>
        </message>
        <message>
            <source>Quarter notes a minute here</source>
            <translation>此处每分钟的四分音符数</translation>
        </message>
        <message>
            <source>Sound device</source>
            <translation>声音设备</translation>
        </message>
        <message>
            <source>Tempo</source>
            <translation>速度</translation>
        </message>
        <message>
            <source>Tempo in bpm</source>
            <translation>速度 (bpm)</translation>
        </message>
        <message>
            <source>What this program takes of one processor core</source>
            <translation>本程序占用单个处理器核心的比例</translation>
        </message>
        <message>
            <source>no sound device</source>
            <translation>无声音设备</translation>
        </message>
    </context>
    <context>
        <name>VariationsDialog</name>
        <message>
            <source>How far from the take: 0 % is the same</source>
            <translation>与原版本的差异：0 % 为完全相同</translation>
        </message>
        <message>
            <source>How many takes to make</source>
            <translation>要生成的版本数</translation>
        </message>
        <message>
            <source>How much is made anew: 100 % is all</source>
            <translation>重新生成的程度：100 % 为全部</translation>
        </message>
        <message>
            <source>Render takes from this one's sound</source>
            <translation>由此版本的声音渲染新版本</translation>
        </message>
        <message>
            <source>Render takes that are like this one</source>
            <translation>渲染与此版本相似的新版本</translation>
        </message>
        <message>
            <source>Retake</source>
            <translation>重录</translation>
        </message>
        <message>
            <source>Rework</source>
            <translation>改编</translation>
        </message>
        <message>
            <source>Select a region that plays a take.</source>
            <translation>请选择正在使用版本的区域。</translation>
        </message>
        <message>
            <source>Strength</source>
            <translation>强度</translation>
        </message>
        <message>
            <source>Takes</source>
            <translation>版本</translation>
        </message>
        <message>
            <source>The same noise, turned towards another: the sketch and the prompt are played anew, near to the take.</source>
            <translation>同一噪声略转向另一噪声：按草图和提示词重新演奏，与原版本相近。</translation>
        </message>
        <message>
            <source>The take's own sound, made anew in part: melody and rhythm stay the longer the less strength.</source>
            <translation>在版本自身声音的基础上部分重新生成：强度越小，旋律和节奏保留得越多。</translation>
        </message>
        <message>
            <source>Variance</source>
            <translation>变化幅度</translation>
        </message>
        <message>
            <source>Variations</source>
            <translation>变奏</translation>
        </message>
        <message>
            <source>Variations of the take that plays</source>
            <translation>正在使用的版本的变奏</translation>
        </message>
        <message>
            <source>no prompt</source>
            <translation>无提示词</translation>
        </message>
    </context>
    <context>
        <name>VelocityLane</name>
        <message>
            <source>Change velocity of notes</source>
            <translation>更改音符力度</translation>
        </message>
        <message>
            <source>Velocities</source>
            <translation>力度</translation>
        </message>
        <message>
            <source>Velocity {0}   Drag to change it</source>
            <translation>力度 {0}   拖动以更改</translation>
        </message>
        <message>
            <source>Velocity {0}   Drag to draw a line of velocities</source>
            <translation>力度 {0}   拖动以绘制力度线</translation>
        </message>
    </context>
    <context>
        <name>WordKinds</name>
        <message>
            <source>Instrument</source>
            <translation>乐器</translation>
        </message>
        <message>
            <source>Mood</source>
            <translation>情绪</translation>
        </message>
        <message>
            <source>Style</source>
            <translation>风格</translation>
        </message>
        <message>
            <source>Tempo</source>
            <translation>速度</translation>
        </message>
    </context>
    <context>
        <name>_Tie</name>
        <message>
            <source>Scroll through pitches</source>
            <translation>沿音高滚动</translation>
        </message>
        <message>
            <source>Scroll through time</source>
            <translation>沿时间滚动</translation>
        </message>
    </context>
</TS>
