// All is there: begin.
kg.start(() => {
  kg.drawWhole();
  kg.timeline.start();
  kg.listenToTools();
});
window.picture = Object.freeze({
  labels: () => kg.stage.labels(),
  screen: () => kg.stage.screen(),
  spot: (id) => {
    const { by, x, y } = kg.stage.screen();
    const one = kg.regions.named.get(id) || kg.regions.foldOf(kg.nodeOf.get(id)) || kg.nodeOf.get(id);
    return { x: x + one.x * by, y: y + one.y * by, radius: one.tint ? one.radius * by : kg.pixels(kg.stage.paint.sizeOf(one) * by) };
  },
  seen: () => {
    const { nodes, regions, edges, sums } = kg.stage.seen();
    return { nodes: nodes.map(({ id }) => id), regions: regions.map(({ id }) => id), edges: edges.map(({ id }) => id), sums: sums.length };
  },
});
