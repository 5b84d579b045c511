<#ftl output_format="Markdown">
<#assign mark = {"good": "✅", "bad": "❌", "unsure": "⚠️", "danger": "🚨"}>
<#assign level = {"ERROR": "error", "WARNING": "warning", "NOTE": "note"}>
### ${(stage.exitCode() == 0 && !stage.softened())?then("✅", stage.softened()?then("⚠️", "❌"))} Faultline: ${stage.verdict()}

<#if stage.softened()>
The exit code is 0 all the same: this stage only tells.

</#if>
<#if lines?has_content>
| Experiment | Verdict | TTR | RTO | Lost | Beside the last accepted run | Report |
|:--|:--|--:|--:|--:|:--|:--|
<#list lines as line>
<#assign trial = line.trial>
| ${trial.experiment} | <#if trial.outcome??>${mark[trial.tone().style()]} </#if>${trial.verdict()} | <#if line.figures??>${line.figures.recovery.words} | ${line.figures.outage.words} | ${line.figures.lost.words}<#else>– | – | –</#if> | <#if trial.facts??>${trial.standing.words()}<#else>${trial.reason()}</#if> | <#if trial.folder?has_content>[report](${trial.folder}/report.html)<#else>–</#if> |
</#list>

<#list lines as line>
<#if line.trial.facts?? && line.trial.tone().style() != "good">
* **${line.trial.experiment}**: ${line.trial.reason()}
</#if>
</#list>

</#if>
<#if problems?has_content>
<details><summary>What was found (${problems?size})</summary>

<#list problems as problem>
<#if problem?counter lte 60>
* ${level[problem.level]} ${problem.at.words()}: ${problem.words}
</#if>
</#list>
<#if problems?size gt 60>
* and ${problems?size - 60} more, in results.sarif
</#if>

</details>
</#if>
