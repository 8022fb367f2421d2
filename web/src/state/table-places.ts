/** The tables of places and of the units in charge. */
import type { Organisation, PlaceRef, Project, Task, Term } from '../api/types';
import { places as placesCell, terms, words } from './table-cell';
import { planColumn, planFacet, some, type Ground, type ListedPlace } from './table-ground';
import type { Model } from './table-rows';

export function placesModel(ground: Ground): Model<ListedPlace> {
  const { own, atlas: { vocabulary, plans } } = ground;
  const planOf = ({ id, county }: ListedPlace): Term | null => {
    const plan = plans.find((one) => one.county === (county ?? id));
    return plan ? ground.plan(plan.id) : null;
  };
  const accuracyOf = ({ point, accuracy }: ListedPlace): Term | undefined =>
    point ? vocabulary.accuracies.find(({ id }) => id === accuracy) : own.unlocated;
  return {
    name: 'places', kind: 'place',
    columns: [
      { id: 'name', width: 220, cell: ({ name, name_en }) => words(name, name_en) },
      { id: 'kind', width: 120, cell: ({ kind }) => terms(kind) },
      { id: 'township', width: 110, cell: ({ township }) => words(township?.name, township?.name_en) },
      { id: 'roles', width: 250, cell: ({ roles }) => terms(...roles) },
      { id: 'herbs', width: 170, cell: ({ herbs }) => terms(...herbs) },
      { id: 'records', width: 90, cell: ({ records }) => ({ kind: 'number', value: records }) },
      { id: 'accuracy', width: 160, cell: (place) => terms(accuracyOf(place)) },
      { id: 'plan', width: 84, cell: (place) => words(planOf(place)?.zh, planOf(place)?.en) },
    ],
    facets: [
      { id: 'kind', values: ({ kind }) => [kind], order: 'frequent' },
      { id: 'role', values: ({ roles }) => roles, order: vocabulary.roles },
      { id: 'herb', values: ({ herbs }) => herbs, order: 'name' },
      { id: 'township', values: (place) => ground.townships([place]), order: 'name' },
      { id: 'accuracy', values: (place) => some(accuracyOf(place)), order: [...vocabulary.accuracies, own.unlocated] },
      { id: 'plan', values: (place) => some(planOf(place)), order: 'name' },
    ],
    id: ({ id }) => id,
    places: (place) => [place],
    words: ({ id }) => [id],
  };
}

/** A unit is where the projects and tasks are that it leads or helps with. */
export function organisationsModel(ground: Ground, work: readonly (Project | Task)[]): Model<Organisation> {
  const placesOfUnit = new Map<string, Map<string, PlaceRef>>();
  for (const { lead_units, cooperating_units, places } of work) {
    for (const { id } of [...lead_units, ...cooperating_units]) {
      const known = placesOfUnit.get(id) ?? new Map<string, PlaceRef>();
      for (const place of places) known.set(place.id, place);
      placesOfUnit.set(id, known);
    }
  }
  const placesOf = ({ id }: Organisation): PlaceRef[] => [...(placesOfUnit.get(id)?.values() ?? [])];
  return {
    name: 'organisations', kind: 'organisation',
    columns: [
      { id: 'name', width: 240, cell: ({ name, name_en }) => words(name, name_en) },
      { id: 'kind', width: 130, cell: ({ kind }) => terms(kind) },
      { id: 'duty', width: 250, cell: ({ role }) => words(role) },
      { id: 'leadsCount', width: 80, cell: ({ leads }) => ({ kind: 'number', value: leads.length }) },
      { id: 'helpsCount', width: 80, cell: ({ cooperates }) => ({ kind: 'number', value: cooperates.length }) },
      { id: 'places', width: 260, cell: (unit) => placesCell(placesOf(unit)) },
      planColumn(ground),
    ],
    facets: [
      { id: 'kind', values: ({ kind }) => some(kind), order: 'frequent' },
      { id: 'township', values: (unit) => ground.townships(placesOf(unit)), order: 'name' },
      planFacet(ground),
    ],
    id: ({ id }) => id,
    places: placesOf,
    words: ({ id, aliases, quote, note }) => [id, ...aliases, quote, note],
  };
}
