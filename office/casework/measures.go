package casework

import "tuntas/house/store"

// Measures are the figures of this desk, each from the facts it counts.
var Measures = []store.Measure{
	{Key: "case.stage", Kind: store.StockKind, About: "persons", Facts: stageFacts},
	{Key: "case.reached", Kind: store.FlowKind, About: "persons", Facts: reachedFacts},
	{Key: "case.opened", Kind: store.FlowKind, About: "persons", Facts: openedFacts},
	{Key: "case.due", Kind: store.FlowKind, About: "persons", Facts: dueFacts},
	{Key: "case.returned", Kind: store.FlowKind, About: "persons", Facts: returnFacts},
	{Key: "case.region", Kind: store.StockKind, About: "persons", Facts: regionFacts},
	{Key: "case.terminated", Kind: store.FlowKind, About: "persons", Facts: reasonFacts},
	{Key: "case.outcome", Kind: store.FlowKind, About: "persons", Facts: outcomeFacts},
	{Key: "case.closed", Kind: store.FlowKind, About: "persons", Facts: closedFacts},
	{Key: "aftercare.1", Kind: store.FlowKind, About: "persons", Facts: after1Facts},
	{Key: "aftercare.3", Kind: store.FlowKind, About: "persons", Facts: after3Facts},
	{Key: "aftercare.6", Kind: store.FlowKind, About: "persons", Facts: after6Facts},
	{Key: "aftercare.12", Kind: store.FlowKind, About: "persons", Facts: after12Facts},
	{Key: "stage.timely", Kind: store.FlowKind, About: "persons", Facts: timelyFacts},
	{Key: "outcome", Kind: store.FlowKind, About: "persons", Facts: courseFacts},
	{Key: "case.rise", Kind: store.FlowKind, About: "persons", Facts: riseFacts},
	{Key: "case.decile", Kind: store.FlowKind, About: "persons", Facts: decileFacts},
	{Key: "gain.decile", Kind: store.FlowKind, About: "persons", Facts: gainDecileFacts},
	{Key: "gain.income", Kind: store.FlowKind, About: "persons", Facts: gainIncomeFacts},
	{Key: "gain.work", Kind: store.FlowKind, About: "persons", Facts: gainWorkFacts},
	{Key: "skill.due", Kind: store.FlowKind, About: "persons", Facts: taughtFacts},
	{Key: "skill.held", Kind: store.FlowKind, About: "persons", Facts: taughtHeldFacts},
	{Key: "skill.fallen", Kind: store.FlowKind, About: "persons", Facts: taughtFallenFacts},
	{Key: "case.back", Kind: store.FlowKind, About: "persons", Facts: backFacts},
	{Key: "case.worker", Kind: store.StockKind, About: "persons", Facts: workerFacts},
	{Key: "case.papers", Kind: store.FlowKind, About: "persons", Facts: papersFacts},
	{Key: "case.issued", Kind: store.FlowKind, About: "persons", Facts: issuedFacts},
	{Key: "case.queue", Kind: store.StockKind, About: "persons", Facts: queueFacts},
	// of the SPM, see items.go
	{Key: "item.need", Kind: store.StockKind, About: "persons", Facts: needFacts},
	{Key: "item.need.new", Kind: store.FlowKind, About: "persons", Facts: needNewFacts},
	{Key: "item.given", Kind: store.FlowKind, About: "persons", Facts: givenFacts},
	{Key: "spm.met", Kind: store.FlowKind, About: "persons", Facts: metFacts},
	{Key: "spm.inside", Kind: store.StockKind, About: "persons", Facts: insideFacts},
	{Key: "spm.inside.new", Kind: store.FlowKind, About: "persons", Facts: insideNewFacts},
	{Key: "spm.waiting", Kind: store.StockKind, About: "persons", Facts: waitingFacts},
}
