/** Fetches whole lists and makes tables of them; which of a table's rows concern one place. */
import { api, type Atlas } from '../../../api/client';
import type { TableName } from '../../../state/desk';
import { groundOf, type Ground, type ListedPlace } from '../../../state/table-ground';
import { organisationsModel, placesModel } from '../../../state/table-places';
import { discrepanciesModel, projectsModel, targetsModel, tasksModel } from '../../../state/table-records';
import { tableOf, type Table } from '../../../state/table-rows';
import { OWN_TERMS } from '../../text/table';

type Heard = (come: number, total: number) => void;

export const listedPlaces = (heard?: Heard): Promise<ListedPlace[]> => api.whole('places', heard) as Promise<ListedPlace[]>;

export async function loadTable(name: TableName, atlas: Atlas, heard: Heard): Promise<Table> {
  const records = recordsOf(name, heard);
  const ground = groundOf(atlas, await listedPlaces(heard), OWN_TERMS);
  return (await records)(ground);
}

/** The records of a table, as something to be laid on the ground that all tables share. */
async function recordsOf(name: TableName, heard: Heard): Promise<(ground: Ground) => Table> {
  switch (name) {
    case 'projects': {
      const projects = await api.whole('projects', heard);
      return (ground) => tableOf(projectsModel(ground, projects), projects);
    }
    case 'targets': {
      const targets = await api.whole('targets', heard);
      return (ground) => tableOf(targetsModel(ground), targets);
    }
    case 'tasks': {
      const tasks = await api.whole('tasks', heard);
      return (ground) => tableOf(tasksModel(ground), tasks);
    }
    case 'places': {
      const places = await listedPlaces(heard);
      return (ground) => tableOf(placesModel(ground), places);
    }
    case 'organisations': {
      const [units, projects, tasks] = await Promise.all([api.whole('organisations', heard), api.whole('projects'), api.whole('tasks')]);
      return (ground) => tableOf(organisationsModel(ground, [...projects, ...tasks]), units);
    }
    case 'discrepancies': {
      const discrepancies = await api.whole('discrepancies', heard);
      return (ground) => tableOf(discrepanciesModel(ground), discrepancies);
    }
  }
}

/** Ids of the rows that concern a place or anything inside it, by the server's own rule. */
export async function rowsAt(name: TableName, place: string): Promise<ReadonlySet<string>> {
  switch (name) {
    case 'projects': case 'targets': case 'tasks': case 'discrepancies':
      return new Set((await api.recordsAt(name, place)).map(({ id }) => id));
    case 'organisations': {
      const work = await Promise.all([api.recordsAt('projects', place), api.recordsAt('tasks', place)]);
      return new Set(work.flat().flatMap((record) => [...record.lead_units, ...record.cooperating_units].map(({ id }) => id)));
    }
    case 'places': {
      const [{ inside }, places] = await Promise.all([api.place(place), listedPlaces()]);
      const within = new Set([place, ...inside.map(({ id }) => id)]);
      return new Set(places.filter(({ id, township }) => within.has(id) || (township && within.has(township.id))).map(({ id }) => id));
    }
  }
}
