import { Component, computed, input, output, signal } from '@angular/core';
import type { KnowledgeGraph } from '@dramatis/contracts/knowledge-graph';
import { injectTranslate } from '../../../../i18n/language';
import { entityWord } from '../parts/entity-word';
import { Icon } from '../../../shared/icon';
import { type PlacedEdge, layOut, outline } from './graph-layout';

const zoomStep = 1.4;

/** The graph as a picture. Everything in it can also be reached from the list beside it. */
@Component({
  selector: 'dr-graph-drawing',
  imports: [Icon],
  template: `
    <svg [attr.viewBox]="viewBox()" role="img" [attr.aria-label]="label()" (pointerdown)="grab($event)" (pointermove)="drag($event)" (pointerup)="release()" (pointercancel)="release()">
      <g>
        @for (edge of drawn(); track edge.from.entityId + edge.to.entityId) {
          <g class="edge" [class.lit]="isLit(edge)" [class.dim]="chosen() && !isLit(edge)" (click)="edgeChosen.emit(edge)">
            <line class="hit" [attr.x1]="edge.from.x" [attr.y1]="edge.from.y" [attr.x2]="edge.to.x" [attr.y2]="edge.to.y"><title>{{ t('graph.tieOf', { one: edge.from.name, other: edge.to.name, count: edge.passages }) }}</title></line>
            <line class="line" [attr.x1]="edge.from.x" [attr.y1]="edge.from.y" [attr.x2]="edge.to.x" [attr.y2]="edge.to.y" [style.stroke-width.px]="0.6 + edge.weight * 2.6" />
          </g>
        }
      </g>
      @for (entity of layout().entities; track entity.entityId) {
        <g class="entity" [class.chosen]="entity.entityId === chosen()" [class.dim]="chosen() && !near().has(entity.entityId)" [attr.transform]="'translate(' + entity.x + ' ' + entity.y + ')'" (click)="entityChosen.emit(entity.entityId)">
          <path [attr.d]="outline(entity.type, entity.radius)"><title>{{ t('graph.namedTimes', { name: entity.name, type: entityWord(t, entity.type), count: entity.mentions }) }}</title></path>
        </g>
      }
      @for (entity of layout().entities; track entity.entityId) {
        <text [class.dim]="chosen() && !near().has(entity.entityId)" [attr.x]="entity.x" [attr.y]="entity.y + entity.radius + 11">{{ short(entity.name) }}</text>
      }
    </svg>
    <p class="tools">
      <button type="button" class="round" [attr.aria-label]="t('graph.nearer')" (click)="zoom(1 / zoomStep)"><dr-icon name="add" /></button>
      <button type="button" class="round" [attr.aria-label]="t('graph.farther')" (click)="zoom(zoomStep)"><dr-icon name="less" /></button>
      <button type="button" class="text-button" (click)="whole()">{{ t('graph.whole') }}</button>
      <span class="legend soft fine" aria-hidden="true">
        @for (type of shapes; track type) {
          <span><svg viewBox="-8 -8 16 16"><path [attr.d]="outline(type, 5)" /></svg>{{ entityWord(t, type) }}</span>
        }
      </span>
    </p>
  `,
  styleUrl: './graph-drawing.css',
})
export class GraphDrawing {
  protected readonly t = injectTranslate();
  protected readonly entityWord = entityWord;
  readonly graph = input.required<KnowledgeGraph>();
  /** The entity whose ties stand out. */
  readonly chosen = input<string | null>(null);
  readonly entityChosen = output<string>();
  readonly edgeChosen = output<PlacedEdge>();

  protected readonly layout = computed(() => layOut(this.graph()));
  protected readonly shapes = ['person', 'place', 'organisation', 'date'];
  /** How the reader moved and scaled the picture. */
  private readonly view = signal({ scale: 1, x: 0, y: 0 });
  private grip: { x: number; y: number } | null = null;

  protected readonly near = computed(() => {
    const chosen = this.chosen();
    const ids = new Set(chosen ? [chosen] : []);
    for (const { from, to } of this.layout().edges) {
      if (from.entityId === chosen) ids.add(to.entityId);
      if (to.entityId === chosen) ids.add(from.entityId);
    }
    return ids;
  });
  /** The closest ties of all, and every tie of the chosen one. */
  protected readonly drawn = computed(() => this.layout().edges.filter((edge) => edge.close || this.isLit(edge)));
  protected readonly viewBox = computed(() => {
    const [left, top, width, height] = this.layout().box;
    const { scale, x, y } = this.view();
    return [left + x + (width * (1 - scale)) / 2, top + y + (height * (1 - scale)) / 2, width * scale, height * scale].join(' ');
  });
  protected readonly label = computed(() => this.t('graph.namesAndTiesBetweenThemTheList', { names: this.graph().entities.length, ties: this.graph().edges.length }));

  protected readonly outline = outline;
  protected readonly zoomStep = zoomStep;

  protected isLit({ from, to }: PlacedEdge): boolean {
    const chosen = this.chosen();
    return chosen !== null && (from.entityId === chosen || to.entityId === chosen);
  }

  protected short(name: string): string {
    return name.length > 22 ? `${name.slice(0, 21)}…` : name;
  }

  protected zoom(factor: number): void {
    this.view.update((view) => ({ ...view, scale: Math.min(2, Math.max(0.2, view.scale * factor)) }));
  }

  protected whole(): void {
    this.view.set({ scale: 1, x: 0, y: 0 });
  }

  protected grab(event: PointerEvent): void {
    this.grip = { x: event.clientX, y: event.clientY };
  }

  protected drag(event: PointerEvent): void {
    if (!this.grip || event.buttons === 0) return;
    const svg = event.currentTarget as SVGSVGElement;
    const [, , width] = this.layout().box;
    const unit = (width * this.view().scale) / Math.max(1, svg.clientWidth);
    const { x, y } = this.grip;
    this.grip = { x: event.clientX, y: event.clientY };
    this.view.update((view) => ({ ...view, x: view.x - (event.clientX - x) * unit, y: view.y - (event.clientY - y) * unit }));
  }

  protected release(): void {
    this.grip = null;
  }
}
