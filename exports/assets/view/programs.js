// How sigma draws nodes and edges here: shapes that tell classes apart, lines whose dashes tell what is planned.
// Sizes come in units of the picture, and are pixels on the screen in the shaders.
(() => {
  "use strict";

  /** Return how many pixels a unit of the picture is on the screen of a renderer. */
  kg.scaleOf = (renderer) => (renderer.graphToViewport({ x: 1000, y: 0 }).x - renderer.graphToViewport({ x: 0, y: 0 }).x) / 1000;

  HTMLCanvasElement.prototype.getContext = window.getRealContext; // sigma is loaded: see guard.js
  /** Return the radius of a node on the screen, in pixels, from what it would be if it grew as the picture does. */
  kg.pixels = (grown) => Math.max(1.2, grown > 12 ? 12 + (grown - 12) * 0.3 : grown);

  const probe = document.createElement("canvas");
  kg.hasWebGL = Boolean(probe.getContext("webgl2") || probe.getContext("webgl"));
  if (!kg.hasWebGL) return; // the overview stands in

  const { NodeProgram, EdgeProgram } = Sigma.rendering;
  const { floatColor } = Sigma.utils;
  const [FLOAT, BYTE] = [WebGLRenderingContext.FLOAT, WebGLRenderingContext.UNSIGNED_BYTE];
  const number = (name) => ({ name, size: 1, type: FLOAT });
  const point = (name) => ({ name, size: 2, type: FLOAT });
  const colour = (name) => ({ name, size: 4, type: BYTE, normalized: true });

  // Corners of the triangle around a node, and of the two triangles of a line. They are written out for every node and
  // line: a corner drawn many times over ("instanced") takes four times as long where a processor does the work of a card.
  const AROUND = [0, 2, -1.7321, -1, 1.7321, -1];
  const STRIP = [0, 1, 0, -1, 1, 1, 1, 1, 0, -1, 1, -1];

  const SHAPES = ["dot", "square", "diamond", "triangle", "triangleDown", "hexagon", "star", "disc"]; // the last is a folded region
  const LINES = ["happened", "planned", "reported", "denied", "inferred"];

  /** A node as a shape with a border: one triangle around it, the outline as a distance from its middle. */
  class Shapes extends NodeProgram {
    getDefinition() {
      return {
        VERTICES: 3,
        METHOD: WebGLRenderingContext.TRIANGLES,
        VERTEX_SHADER_SOURCE: `
          attribute vec2 a_position;
          attribute float a_size;
          attribute float a_shape;
          attribute vec4 a_fill;
          attribute vec4 a_border;
          attribute vec4 a_id;
          attribute vec2 a_corner;
          uniform mat3 u_matrix;
          uniform vec2 u_view;
          uniform float u_scale;
          varying vec2 v_at;
          varying float v_radius;
          varying float v_shape;
          varying vec4 v_fill;
          varying vec4 v_border;
          void main() {
            float grown = a_size * u_scale;
            // near by, nodes grow more slowly than the room between them: that is where names go (see kg.pixels)
            v_radius = a_shape > 6.5 ? grown : max(grown > 12.0 ? 12.0 + (grown - 12.0) * 0.3 : grown, 1.2);
            v_at = a_corner * (v_radius * 1.3 + 1.5);
            v_shape = a_shape;
            #ifdef PICKING_MODE
            v_fill = a_id;
            #else
            v_fill = a_fill;
            #endif
            v_border = a_border;
            vec2 middle = (u_matrix * vec3(a_position, 1.0)).xy;
            gl_Position = vec4(middle + v_at * 2.0 / u_view, 0.0, 1.0);
          }`,
        FRAGMENT_SHADER_SOURCE: `
          precision highp float;
          varying vec2 v_at;
          varying float v_radius;
          varying float v_shape;
          varying vec4 v_fill;
          varying vec4 v_border;
          float outline(vec2 p, float shape) {
            vec2 q = abs(p);
            if (shape < 0.5 || shape > 6.5) return length(p) - 1.0;
            if (shape < 1.5) return max(q.x, q.y) - 0.86;
            if (shape < 2.5) return (q.x + q.y - 1.22) * 0.7071;
            if (shape < 3.5) return max(q.x * 0.866 + p.y * 0.5, -p.y) - 0.62;
            if (shape < 4.5) return max(q.x * 0.866 - p.y * 0.5, p.y) - 0.62;
            if (shape < 5.5) return max(q.x * 0.866 + q.y * 0.5, q.y) - 0.9;
            float turn = mod(atan(p.x, p.y), 1.2566) - 0.6283;
            float far = length(p);
            return (far * cos(abs(turn) - 0.6283) + abs(far * sin(abs(turn) - 0.6283)) * 1.1 - 1.2) * 0.6;
          }
          void main() {
            float shape = v_radius < 2.5 ? 0.0 : v_shape;
            float away = outline(v_at / v_radius, shape) * v_radius;
            #ifdef PICKING_MODE
            gl_FragColor = away > 1.5 ? vec4(0.0) : vec4(v_fill.rgb, v_fill.a * 255.0 / 254.0);
            #else
            float cover = clamp(0.5 - away, 0.0, 1.0);
            float rim = clamp(0.08 * v_radius, 0.6, 1.6);
            vec3 paint = v_radius < 3.0 ? v_fill.rgb : mix(v_fill.rgb, v_border.rgb, clamp(away + rim + 0.5, 0.0, 1.0));
            gl_FragColor = vec4(paint * cover, cover);
            #endif
          }`,
        UNIFORMS: ["u_matrix", "u_view", "u_scale"],
        ATTRIBUTES: [point("a_position"), number("a_size"), number("a_shape"), colour("a_fill"), colour("a_border"), colour("a_id"), point("a_corner")],
      };
    }

    processVisibleItem(id, at, data) {
      const { array } = this;
      const [fill, border] = [floatColor(data.color), floatColor(data.border)];
      for (let corner = 0; corner < 3; corner += 1) {
        array[at++] = data.x;
        array[at++] = data.y;
        array[at++] = data.size;
        array[at++] = data.shape;
        array[at++] = fill;
        array[at++] = border;
        array[at++] = id;
        array[at++] = AROUND[2 * corner];
        array[at++] = AROUND[2 * corner + 1];
      }
    }

    setUniforms({ matrix, width, height }, { gl, uniformLocations }) {
      gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix);
      gl.uniform2f(uniformLocations.u_view, width, height);
      gl.uniform1f(uniformLocations.u_scale, kg.scaleOf(this.renderer));
    }
  }

  /** An edge as a strip some pixels wide, with gaps where its line has dashes. */
  class Lines extends EdgeProgram {
    getDefinition() {
      return {
        VERTICES: 6,
        METHOD: WebGLRenderingContext.TRIANGLES,
        VERTEX_SHADER_SOURCE: `
          attribute vec2 a_from;
          attribute vec2 a_to;
          attribute vec4 a_color;
          attribute float a_alpha;
          attribute float a_width;
          attribute float a_line;
          attribute vec2 a_corner;
          uniform mat3 u_matrix;
          uniform vec2 u_view;
          varying vec4 v_color;
          varying float v_along;
          varying float v_across;
          varying float v_half;
          varying float v_line;
          void main() {
            vec2 from = (u_matrix * vec3(a_from, 1.0)).xy * u_view * 0.5;
            vec2 to = (u_matrix * vec3(a_to, 1.0)).xy * u_view * 0.5;
            float span = length(to - from);
            vec2 ahead = span > 0.0 ? (to - from) / span : vec2(1.0, 0.0);
            v_half = a_width * 0.5;
            v_across = a_corner.y * (v_half + 0.5);
            v_along = a_corner.x * span;
            v_line = a_line;
            v_color = vec4(a_color.rgb, a_alpha);
            vec2 at = mix(from, to, a_corner.x) + vec2(-ahead.y, ahead.x) * v_across;
            gl_Position = vec4(at * 2.0 / u_view, 0.0, 1.0);
          }`,
        FRAGMENT_SHADER_SOURCE: `
          precision highp float;
          varying vec4 v_color;
          varying float v_along;
          varying float v_across;
          varying float v_half;
          varying float v_line;
          void main() {
            float part = 0.0;
            if (v_line > 3.5) part = mod(v_along, 5.0) - 1.5;
            else if (v_line > 2.5) { part = mod(v_along, 18.0); part = part < 10.0 || (part > 13.0 && part < 15.0) ? -1.0 : 1.0; }
            else if (v_line > 1.5) part = mod(v_along, 6.0) - 2.0;
            else if (v_line > 0.5) part = mod(v_along, 12.0) - 7.0;
            if (part > 0.0) discard;
            float cover = clamp(v_half + 0.5 - abs(v_across), 0.0, 1.0) * v_color.a;
            gl_FragColor = vec4(v_color.rgb * cover, cover);
          }`,
        UNIFORMS: ["u_matrix", "u_view"],
        ATTRIBUTES: [point("a_from"), point("a_to"), colour("a_color"), number("a_alpha"), number("a_width"), number("a_line"), point("a_corner")],
      };
    }

    processVisibleItem(id, at, from, to, data) {
      const { array } = this;
      const paint = floatColor(data.color);
      for (let corner = 0; corner < 6; corner += 1) {
        array[at++] = from.x;
        array[at++] = from.y;
        array[at++] = to.x;
        array[at++] = to.y;
        array[at++] = paint;
        array[at++] = data.alpha;
        array[at++] = data.size;
        array[at++] = data.line;
        array[at++] = STRIP[2 * corner];
        array[at++] = STRIP[2 * corner + 1];
      }
    }

    setUniforms({ matrix, width, height }, { gl, uniformLocations }) {
      gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix);
      gl.uniform2f(uniformLocations.u_view, width, height);
    }
  }

  Object.assign(kg, { SHAPES, LINES, programs: { nodes: Shapes, edges: Lines } });
})();
