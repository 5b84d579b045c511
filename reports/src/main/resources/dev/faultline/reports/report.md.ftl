<#ftl output_format="Markdown">
<#assign mark = {"good": "✅", "bad": "❌", "unsure": "⚠️", "danger": "🚨"}>
### ${mark[facts.headline.tone.style()]} ${facts.headline.word}: ${facts.experiment}<#if facts.control> (control run)</#if>

**${facts.headline.reason}.**

<#if facts.hypothesis??>
Hypothesis: ${facts.hypothesis}

</#if>
${facts.promise.words}.<#if facts.promise.open?has_content> Open: ${facts.promise.open?join("; ")}.</#if>

<#if findings?has_content>
**What to change**

<#list findings as finding>
<#if finding?counter lte 8>
* **${finding.title()}.** ${finding.advice()}. Evidence: ${finding.evidence()}.
</#if>
</#list>
<#if findings?size gt 8>
* and ${findings?size - 8} more
</#if>

</#if>
<#if facts.failover??>
<#assign failover = facts.failover>
<#if failover.outage??>
| Outage | | Evidence |
|:--|--:|:--|
| **RTO** (first successful write − first failed write) | **${failover.outage.recoveryTime()}** | first failed write at ${failover.outage.firstFailedAt()} |
| until every writer was back | ${failover.outage.slowest()} | |
<#list failover.outage.stretches() as part>
| ${part.name()} (${part.definition()}) | ${part.lasted()} | ${part.evidence()} |
</#list>

</#if>
<#if failover.ledger??>
| Writes | | |
|:--|--:|:--|
<#list failover.ledger.counts() as count>
| ${count.name} | <#if count.alarming>**${count.value}**<#else>${count.value}</#if> | ${count.meaning} |
</#list>

RPO: ${failover.ledger.lost()} of ${failover.ledger.acknowledged()} acknowledged writes lost; ${failover.ledger.age()}. ${failover.proof()}

</#if>
<#list failover.databases as database>
<details><summary>Nodes and settings of ${database.database()}</summary>

| Node | Before the fault | At the end |
|:--|:--|:--|
<#list database.nodes() as node>
| ${node.name} | ${node.before} | ${node.after} |
</#list>

<#list database.knobs()>
| Setting | Before the fault | At the end |
|:--|:--|:--|
<#items as knob>
| ${knob.name} | ${knob.before} | <#if knob.changed>**${knob.after}**<#else>${knob.after}</#if> |
</#items>

</#list>
</details>

</#list>
</#if>
<#if facts.rollout??>
<#assign rollout = facts.rollout>
Rollout of ${rollout.spec.canary} beside ${rollout.spec.stable}: **${rollout.words()}**. ${rollout.exposure.words()} requests met the canary<#list rollout.exposure.bad as bad>, ${bad.words()} (${bad.excessWords()})</#list>.

| Step | From | For | Requests, canary / stable | Share seen | Decision |
|:--|--:|--:|--:|--:|:--|
<#list rollout.steps as step>
| ${step.weight} | ${step.began()} | ${step.lasted()} | ${step.canaryRequests()} / ${step.stableRequests()} | ${step.observed()} | **${step.decision.words()}**<#if step.why?has_content>: ${step.why}</#if> |
</#list>

| Comparison | Canary | Stable | Shown | Evidence |
|:--|--:|--:|:--|:--|
<#list rollout.comparisons as one>
| ${one.name()}: ${one.words()} | ${one.canaryCounts()} | ${one.stableCounts()} | ${one.state()} | ${one.evidence()} |
</#list>
<#if rollout.trials?has_content>

| Under | Bad | Stable, usually → under it | Canary, usually → under it | Harm to the canary alone |
|:--|:--|--:|--:|--:|
<#list rollout.trials as one>
| ${one.trial} | ${one.comparison} | <#if one.seen()>${one.stableUsual()} → ${one.stableUnder()} | ${one.canaryUsual()} → ${one.canaryUnder()} | <#if one.harm()??>${one.harm()}<#else>–</#if><#else>not seen | not seen | –</#if> |
</#list>
</#if>

</#if>
| Recovery | | Evidence |
|:--|--:|:--|
<#list facts.recovery.moments as at>
| ${at.name} | ${at.time()}<#if at.moment?? && at.windowed && facts.recovery.plusMinus()??> ${facts.recovery.plusMinus()}</#if> | <#if at.moment??>${at.moment.evidence}<#else>–</#if> |
</#list>
<#list facts.recovery.spans as span>
| **${span.name}** (${span.definition}) | **${span.time()}**<#if span.span?? && facts.recovery.plusMinus()??> ${facts.recovery.plusMinus()}</#if> | |
</#list>

| Gate | Bound | State | Worst | Breached / looks | Blind |
|:--|:--|:--|--:|--:|--:|
<#list facts.gates as gate>
| ${gate.name()} | ${gate.bound()} | ${gate.state()} | ${gate.worst()} | ${sum(gate.phases, "breached")} / ${sum(gate.phases, "looks")} | ${sum(gate.phases, "unseen")} |
</#list>

<#if facts.load??>
| Load | Requests | Failed | p50 | p90 | p99 | p99.9 | max |
|:--|--:|--:|--:|--:|--:|--:|--:|
<#list facts.load.parts as part>
| ${part.part.name} | ${part.intended} | ${part.failedShare()} | ${part.percentile(50)} | ${part.percentile(90)} | ${part.percentile(99)} | ${part.percentile(99.9)} | ${part.max()} |
</#list>

<#if facts.load.steps?has_content>
| Rate asked | From | For | Rate answered | Failed | p50 | p99 | max |
|--:|--:|--:|--:|--:|--:|--:|--:|
<#list facts.load.steps as step>
| ${step.rate()} | ${step.at()} | ${step.met.seconds} s | ${step.answeredRate()} | ${step.met.failedShare()} | ${step.met.percentile(50)} | ${step.met.percentile(99)} | ${step.met.max()} |
</#list>

</#if>
<#if facts.load.errors?has_content>
Failed requests: <#list facts.load.errors as error><#if error?counter lte 8>${error.name} × ${error.total}<#sep>, </#sep></#if></#list><#if facts.load.errors?size gt 8>and ${facts.load.errors?size - 8} classes more</#if>

</#if>
</#if>
<#list facts.faults as fault>
<#if fault?counter lte 12>
<details><summary>Fault ${fault.name}: ${fault.words()}</summary>

<#list fault.endsBy()>
Ends by:

<#items as layer>
* ${layer}
</#items>

</#list>
<#if fault.steps?has_content>
| Step | Effect | Proof | Undo | Proof of the end |
|:--|:--|:--|:--|:--|
<#list fault.told() as step>
<#if step?counter lte 12>
| ${step.action()} (${step.name()}) | ${step.effect()} | <@shown how=step.shown()/>${step.proof()} | ${step.undo()}<#if step.undoable()>; ${step.undoEffect()}</#if> | <#if step.undoable()><@shown how=step.ended()/>${step.undoProof()}<#else>–</#if> |
</#if>
</#list>
<#if fault.steps?size gt 12>

${fault.steps?size - 12} steps more are in the other reports.
</#if>
<#else>
No step of it was begun.
</#if>

</details>

</#if>
</#list>
<#if facts.faults?size gt 12>
${facts.faults?size - 12} faults more are in the other reports.

</#if>
<#if facts.reasons()?has_content>
<details><summary>All reasons (${facts.reasons()?size})</summary>

<#list facts.reasons() as reason>
<#if reason?counter lte 40>
* ${reason.outcome.words()}, ${reason.subject}: ${reason.words}
</#if>
</#list>
<#if facts.reasons()?size gt 40>
* and ${facts.reasons()?size - 40} more
</#if>

</details>

</#if>
<details><summary>What could not be measured (${facts.unmeasured?size})</summary>

<#list facts.unmeasured as one>
<#if one?counter lte 40>
* ${one}
</#if>
</#list>
<#if facts.unmeasured?size gt 40>
* and ${facts.unmeasured?size - 40} more
</#if>

</details>

<details><summary>Setting</summary>

| | |
|:--|:--|
<#list facts.settings as setting>
| ${setting.name} | ${setting.value} |
</#list>

</details>
<#macro shown how><#switch how?string><#on "PROVEN">**proven:** <#on "NOT_PROVEN">**not proven:** <#default></#switch></#macro>
<#function sum phases what><#local all = 0><#list phases as phase><#local all += phase[what]></#list><#return all></#function>
