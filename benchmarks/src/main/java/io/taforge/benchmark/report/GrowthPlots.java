package io.taforge.benchmark.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;

/** Draws time and memory over the number of objects. */
final class GrowthPlots {
  private GrowthPlots() {}

  static List<Chart<?, ?>> of(JsonNode row) {
    return List.of(
        chart(row, "time of an object", "µs", "value"),
        chart(row, "memory of the process", "MB of RSS", "peakMegabytes"));
  }

  private static Chart<?, ?> chart(JsonNode row, String title, String unit, String number) {
    XYChart chart =
        new XYChartBuilder()
            .width(760)
            .height(340)
            .title(title)
            .xAxisTitle("objects")
            .yAxisTitle(unit)
            .theme(Styler.ChartTheme.Matlab)
            .build();
    chart.getStyler().setXAxisLogarithmic(true).setYAxisMin(0.0);
    Map<String, List<double[]>> lines = new TreeMap<>();
    for (JsonNode workload : row.path("workloads")) {
      String id = workload.path("id").asText();
      int dash = id.lastIndexOf('-');
      JsonNode value = workload.path("entries").path(0).path(number);
      if (value.isNumber()) {
        lines
            .computeIfAbsent(id.substring(0, dash), each -> new ArrayList<>())
            .add(new double[] {Double.parseDouble(id.substring(dash + 1)), value.asDouble()});
      }
    }
    lines.forEach(
        (name, points) ->
            chart.addSeries(
                name,
                points.stream().mapToDouble(each -> each[0]).toArray(),
                points.stream().mapToDouble(each -> each[1]).toArray()));
    return chart;
  }
}
